"""Words of everyday English that small towns are called by, too.

Such a town is believed only with a qualifier: "Enterprise, Alabama".
"""

from __future__ import annotations

EVERYDAY = frozenset(
    (
        "advance agency airport alliance anger ask assumption bad bag banana basing battle bear beer "
        "begun bell belt best bode boom box branch brand bridge bright broke bullion burst buy cafe can "
        "cars casino casinos cast center central cents century change charge chase church college "
        "combine come comfort concrete conversion corn council court crystal deal dent diamond dire "
        "dollar don downside downtown drain drew driver eagle early earth effort english enter "
        "enterprise era export eye faith falcon fare fate fell fines fleet forest forth foster freedom "
        "fully gaming gap gas give glad globe goes golden got grace grain grant grants green greenback "
        "happy hard harmony highlands hill hire holiday hope hospital human hurricane junior justice "
        "knock lab lack lag lattes law leader lend level liberty lien line list liter loans long lot "
        "made magazine marine mark marks media met miles mill mills mine minor mission never noble none "
        "normal north officer opportunity pace page paint paper par parks pay pearl per pill pinch "
        "pinnacle pioneer plenty plunge point police poll pool poses post pound price principal progress "
        "prospect prosperity purchase race rail ran rapid real receiving red reform reliance research "
        "reserve retreat rich rid rock root rose rule run sad same sand save sawmills say secretary "
        "section sector sedan see sells send settle side snow soften sort spanish spring spur staples "
        "star stark start steep sterling stock stone story strong success summit sur talent tame tapping "
        "them time tire toll tower trim tumble unity university valley veteran vice victory wake war "
        "ways well white worth young "
    ).split()
)
