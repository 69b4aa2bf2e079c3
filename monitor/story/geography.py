"""English names of countries (ISO 3166-1, names after CLDR) and of common subdivisions (ISO 3166-2)."""

from __future__ import annotations

from types import MappingProxyType

_COUNTRIES = """
AD Andorra; AE United Arab Emirates; AF Afghanistan; AG Antigua & Barbuda; AI Anguilla; AL Albania; AM
Armenia; AO Angola; AQ Antarctica; AR Argentina; AS American Samoa; AT Austria; AU Australia; AW Aruba;
AX Åland Islands; AZ Azerbaijan; BA Bosnia & Herzegovina; BB Barbados; BD Bangladesh; BE Belgium; BF
Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi; BJ Benin; BL St. Barthélemy; BM Bermuda; BN Brunei; BO
Bolivia; BQ Caribbean Netherlands; BR Brazil; BS Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY
Belarus; BZ Belize; CA Canada; CC Cocos (Keeling) Islands; CD DR Congo; CF Central African Republic; CG
Republic of the Congo; CH Switzerland; CI Ivory Coast; CK Cook Islands; CL Chile; CM Cameroon; CN China;
CO Colombia; CR Costa Rica; CU Cuba; CV Cape Verde; CW Curaçao; CX Christmas Island; CY Cyprus; CZ
Czechia; DE Germany; DJ Djibouti; DK Denmark; DM Dominica; DO Dominican Republic; DZ Algeria; EC Ecuador;
EE Estonia; EG Egypt; EH Western Sahara; ER Eritrea; ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FK
Falkland Islands; FM Micronesia; FO Faroe Islands; FR France; GA Gabon; GB United Kingdom; GD Grenada; GE
Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM Gambia; GN Guinea; GP
Guadeloupe; GQ Equatorial Guinea; GR Greece; GS South Georgia & South Sandwich Islands; GT Guatemala; GU
Guam; GW Guinea-Bissau; GY Guyana; HK Hong Kong; HM Heard & McDonald Islands; HN Honduras; HR Croatia; HT
Haiti; HU Hungary; ID Indonesia; IE Ireland; IL Israel; IM Isle of Man; IN India; IO British Indian Ocean
Territory; IQ Iraq; IR Iran; IS Iceland; IT Italy; JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya;
KG Kyrgyzstan; KH Cambodia; KI Kiribati; KM Comoros; KN St. Kitts & Nevis; KP North Korea; KR South
Korea; KW Kuwait; KY Cayman Islands; KZ Kazakhstan; LA Laos; LB Lebanon; LC St. Lucia; LI Liechtenstein;
LK Sri Lanka; LR Liberia; LS Lesotho; LT Lithuania; LU Luxembourg; LV Latvia; LY Libya; MA Morocco; MC
Monaco; MD Moldova; ME Montenegro; MF St. Martin; MG Madagascar; MH Marshall Islands; MK North Macedonia;
ML Mali; MM Myanmar; MN Mongolia; MO Macau; MP Northern Mariana Islands; MQ Martinique; MR Mauritania; MS
Montserrat; MT Malta; MU Mauritius; MV Maldives; MW Malawi; MX Mexico; MY Malaysia; MZ Mozambique; NA
Namibia; NC New Caledonia; NE Niger; NF Norfolk Island; NG Nigeria; NI Nicaragua; NL Netherlands; NO
Norway; NP Nepal; NR Nauru; NU Niue; NZ New Zealand; OM Oman; PA Panama; PE Peru; PF French Polynesia; PG
Papua New Guinea; PH Philippines; PK Pakistan; PL Poland; PM St. Pierre & Miquelon; PN Pitcairn Islands;
PR Puerto Rico; PS Palestinian Territories; PT Portugal; PW Palau; PY Paraguay; QA Qatar; RE Réunion; RO
Romania; RS Serbia; RU Russia; RW Rwanda; SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan;
SE Sweden; SG Singapore; SH St. Helena; SI Slovenia; SJ Svalbard & Jan Mayen; SK Slovakia; SL Sierra
Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan; ST São Tomé & Príncipe; SV El
Salvador; SX Sint Maarten; SY Syria; SZ Eswatini; TC Turks & Caicos Islands; TD Chad; TF French Southern
Territories; TG Togo; TH Thailand; TJ Tajikistan; TK Tokelau; TL Timor-Leste; TM Turkmenistan; TN
Tunisia; TO Tonga; TR Turkey; TT Trinidad & Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine; UG
Uganda; UM U.S. Outlying Islands; US United States; UY Uruguay; UZ Uzbekistan; VA Vatican City; VC St.
Vincent & Grenadines; VE Venezuela; VG British Virgin Islands; VI U.S. Virgin Islands; VN Vietnam; VU
Vanuatu; WF Wallis & Futuna; WS Samoa; XK Kosovo; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW
Zimbabwe
"""

_REGIONS = """
US-AL Alabama; US-AK Alaska; US-AZ Arizona; US-AR Arkansas; US-CA California; US-CO Colorado; US-CT
Connecticut; US-DE Delaware; US-DC District of Columbia; US-FL Florida; US-GA Georgia; US-HI Hawaii;
US-ID Idaho; US-IL Illinois; US-IN Indiana; US-IA Iowa; US-KS Kansas; US-KY Kentucky; US-LA Louisiana;
US-ME Maine; US-MD Maryland; US-MA Massachusetts; US-MI Michigan; US-MN Minnesota; US-MS Mississippi;
US-MO Missouri; US-MT Montana; US-NE Nebraska; US-NV Nevada; US-NH New Hampshire; US-NJ New Jersey; US-NM
New Mexico; US-NY New York; US-NC North Carolina; US-ND North Dakota; US-OH Ohio; US-OK Oklahoma; US-OR
Oregon; US-PA Pennsylvania; US-PR Puerto Rico; US-RI Rhode Island; US-SC South Carolina; US-SD South
Dakota; US-TN Tennessee; US-TX Texas; US-UT Utah; US-VT Vermont; US-VA Virginia; US-WA Washington; US-WV
West Virginia; US-WI Wisconsin; US-WY Wyoming; CA-AB Alberta; CA-BC British Columbia; CA-MB Manitoba;
CA-NB New Brunswick; CA-NL Newfoundland and Labrador; CA-NS Nova Scotia; CA-NT Northwest Territories;
CA-NU Nunavut; CA-ON Ontario; CA-PE Prince Edward Island; CA-QC Quebec; CA-SK Saskatchewan; CA-YT Yukon;
AU-ACT Australian Capital Territory; AU-NSW New South Wales; AU-NT Northern Territory; AU-QLD Queensland;
AU-SA South Australia; AU-TAS Tasmania; AU-VIC Victoria; AU-WA Western Australia; GB-ENG England; GB-NIR
Northern Ireland; GB-SCT Scotland; GB-WLS Wales; DE-BW Baden-Württemberg; DE-BY Bavaria; DE-BE Berlin;
DE-BB Brandenburg; DE-HB Bremen; DE-HH Hamburg; DE-HE Hesse; DE-MV Mecklenburg-Vorpommern; DE-NI Lower
Saxony; DE-NW North Rhine-Westphalia; DE-RP Rhineland-Palatinate; DE-SL Saarland; DE-SN Saxony; DE-ST
Saxony-Anhalt; DE-SH Schleswig-Holstein; DE-TH Thuringia
"""


def _table(listed: str) -> MappingProxyType[str, str]:
    entries = " ".join(listed.split()).split("; ")
    return MappingProxyType({code: name for code, _, name in (entry.partition(" ") for entry in entries)})


COUNTRIES = _table(_COUNTRIES)
"""Name by alpha-2 code: "DE" is "Germany"."""

REGIONS = _table(_REGIONS)
"""Name by full subdivision code: "US-NY" is "New York". Only where English has a name in use."""
