"""Where jobs go: the places of an announcement, each with the span it was read from and the reasons.

    toponyms   names in a sentence, with what narrows them: "Newark, NY", "Harlow in Britain"
    roles      what a name does there: a site, jobs, a seat, a market, a nationality   (patterns: grammar)
    clauses    whether jobs go in the clause around it, or it is background
    owners     whose cut the sentence tells
    senses     what an ambiguous name means in this document                      (candidates: readings)
    jobs       the place's own number
    choice     each place once, and no country for which the text gives the towns

`reader` takes a document through them from the top down.
"""

from monitor.extract.places.choice import PlaceCandidate
from monitor.extract.places.reader import place_candidates, places

__all__ = ["PlaceCandidate", "place_candidates", "places"]
