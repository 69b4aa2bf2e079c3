"""Turns of news English that tell where jobs go, or only seem to: our own sentences, each with its places."""

from __future__ import annotations

Case = tuple[str, list[str]]

# What tells where a site is, is no place of its own.
LOCATED: tuple[Case, ...] = (
    ("Acme will lay off 350 workers at its Altona plant in Melbourne.", ["Altona, AU"]),
    ("Acme will close its factory in Keynsham near Bristol, with 500 jobs to go.", ["Keynsham, GB"]),
    ("Acme will shut its remaining plant in Sandston, near Richmond, Virginia.", ["Sandston, VA, US"]),
    ("Acme will halve production at Massena East in New York and cut 90 jobs.", ["Massena, NY, US"]),
    ("Acme will close its Frenchtown mill in Montana, which employs 417.", ["Frenchtown, MT, US"]),
    ("Acme will let 400 contract workers go at its complex south of Seoul.", ["Seoul, KR"]),
    ("Acme will cut 60 jobs at a factory in Kunshan in China's Jiangsu province.", ["Kunshan, CN"]),
    ("Acme will cut 170 jobs in the Pilbara region of Western Australia.", ["AU"]),
    ("Acme will close its BF Goodrich Opelika, Ala., plant.", ["Opelika, AL, US"]),
)
# Lists go on over a name that the gazetteer lacks, and over an aside.
LISTS: tuple[Case, ...] = (
    (
        "Acme will close plants in Ann Arbor, Qwertyville and Kalamazoo, Michigan, with 400 jobs lost.",
        ["Ann Arbor, MI, US", "Kalamazoo, MI, US"],
    ),
    (
        "Acme will idle plants in Pontiac and Qwerty Run in Michigan; Parma in Ohio; and Indianapolis.",
        ["Pontiac, MI, US", "Qwerty Run, MI, US", "Parma, OH, US", "Indianapolis, IN, US"],
    ),
    (
        "Acme will cut 200 jobs in Llanwern, near Newport, and 100 in Hartlepool and Corby, all in Britain.",
        ["Llanwern, GB", "Hartlepool, GB", "Corby, GB"],
    ),
    ("Acme will cut 625 jobs at offices in Andover, Hove and York.", ["Andover, GB", "Hove, GB", "York, GB"]),
)
# Words that tell a cut.
TOLD: tuple[Case, ...] = (
    ("Acme will stop making vans and end production in Leeds.", ["Leeds, GB"]),
    ("Acme cuts 90 jobs. Another 60 will go in Toledo, Ohio.", ["Toledo, OH, US"]),
    ("Acme cuts 90 jobs. Workers in Sunnyvale, California, were told on Monday.", ["Sunnyvale, CA, US"]),
    ("Acme said 105 roles would go. Of the 105, 90 are in Tasmania.", ["AU"]),
    ("Acme will drop a shift at its Oakville plant in Ontario.", ["Oakville, ON, CA"]),
    ("Acme seeks 2,000 voluntary retirements in Japan.", ["JP"]),
    ("Acme is doing away with a quarter of its sales force in France, with 90 layoffs.", ["FR"]),
    ("Acme launched a voluntary redundancy programme in Sweden to cut 200 jobs.", ["SE"]),
    ("The retirement offer is open to some employees in Canada, Acme said.", ["CA"]),
    (
        "Acme is cutting 80 jobs at its service desk in Leixlip, Co Kildare, unions were told.",
        ["Leixlip, IE"],
    ),
    ("About 600 jobs will go at Acme's base at Dublin Airport.", ["Dublin, IE"]),
    ("Acme asked 200 people in Hsinchu to take leave and cut 60 jobs there.", ["Hsinchu, TW"]),
    ("Acme will close its sawmill in Ignace, west of Thunder Bay, Ontario.", ["Ignace, ON, CA"]),
    ("Acme will curtail its Matane, Quebec, mill for three weeks.", ["Matane, QC, CA"]),
    ("Acme will not renew the contracts of 500 workers in Leipzig.", ["Leipzig, DE"]),
    (
        "Offices in Lake Mary, Florida; Edison, New Jersey; and Spokane, Washington, will close, Acme said.",
        ["Lake Mary, FL, US", "Edison, NJ, US", "Spokane, WA, US"],
    ),
    (
        "Acme will suspend operations in Miami, Fla., by the end of May, and Mesa, Ariz., by June.",
        ["Miami, FL, US", "Mesa, AZ, US"],
    ),
    (
        "Acme will close bakeries in Greenford, west London, and Enfield in England.",
        ["Greenford, GB", "Enfield, GB"],
    ),
    (
        "Branches in Cardiff and Hull will shut early in 2019, Acme of Britain said.",
        ["Cardiff, GB", "Hull, GB"],
    ),
    ("Acme cuts 1,000 jobs. Roughly 600 of the jobs are at its campus near Detroit.", ["Detroit, MI, US"]),
    ("Acme has implemented a furlough of 80 workers in Canada.", ["CA"]),
    ("Acme will move its production line in Erie, Pennsylvania, to Mexico.", ["Erie, PA, US"]),
    (
        "Acme will shut plants in Newcastle and Vereeniging in South Africa.",
        ["Newcastle, ZA", "Vereeniging, ZA"],
    ),
    ("Acme will close a stove factory in the Brazilian city of Limeira, dismissing 600.", ["Limeira, BR"]),
    ("Acme, a Leeds engineer, is cutting its head office workforce by 10 jobs.", []),
    ("Leeds engineer Acme is cutting its head office workforce by a quarter.", ["Leeds, GB"]),
    ("Acme will cut 36 jobs at Acme Toledo and 12 in Lima, Ohio.", ["Toledo, OH, US", "Lima, OH, US"]),
)
# Work that moves, sites that grow, old closures, numbers that nobody gives.
NOT_TOLD: tuple[Case, ...] = (
    (
        "Acme will close a plant in Shelbyville, Kentucky, and take production to Cookeville, Tennessee.",
        ["Shelbyville, KY, US"],
    ),
    (
        "Acme will cut 90 jobs in Durham, North Carolina. It continues to ramp its plant in Marcy, New York.",
        ["Durham, NC, US"],
    ),
    (
        "Acme will shut its mill in Whiting, Wis., costing 360 jobs; a Kimberly, Wis., mill closed in 2008.",
        ["Whiting, WI, US"],
    ),
    ("Acme will close four factories outside Japan and cut 900 jobs.", []),
    ("Acme will cut 40 jobs in Tainan, Taiwan. Rival Qwerty Corp shed 90 jobs in Taichung.", ["Tainan, TW"]),
    ("Acme will cut 40 jobs in Jamsa, Finland. Qwerty Paper closed its mill in Kemi in 2021.", ["Jämsä, FI"]),
    (
        "Acme will cut 90 jobs in Reno, Nevada. Its unit in Elko runs at record production and no "
        "reductions are planned there.",
        ["Reno, NV, US"],
    ),
    ("Acme will cut 90 jobs in Reno, Nevada. A data centre in Leeds moves to Cork.", ["Reno, NV, US"]),
    (
        "Acme will suspend work at its Olive Branch, Mississippi plant, hitting 130, and serve customers "
        "from its plant in Fernley, Nevada.",
        ["Olive Branch, MS, US"],
    ),
    (
        "Acme will close its Leamington, Ont., plant. Employees in Pittsburgh were laid off in August.",
        ["Leamington, ON, CA"],
    ),
    ("Acme will cut 90 jobs in Reno, the Toledo, Ohio, company said Thursday.", ["Reno, NV, US"]),
    ("Acme cut 90 jobs in Leeds, weeks after Qwerty Bank cut staff in York.", ["Leeds, GB"]),
    ("Acme will cut 40 jobs in Grenchen and Qwertyville, Swiss papers said.", ["Grenchen, CH"]),
    ("Acme would not say how many of the layoffs would be in Ontario.", []),
    (
        "Acme will idle plants in Douglas, Arizona, hitting 7 percent of its U.S. workforce.",
        ["Douglas, AZ, US"],
    ),
    ("Acme cuts jobs. The changes fall on its Enterprise, Technology and Operations units.", []),
)


Story = tuple[str, str, list[str]]

# Employer, text and places.
PUBLIC_EMPLOYERS: tuple[Story, ...] = (
    ("State of Illinois", "The State of Illinois will lay off 450 workers to fill a budget gap.", ["IL, US"]),
    ("Canada Post", "Canada Post said it would lay off some managers.", ["CA"]),
    ("Chicago Public Schools", "Chicago Public Schools will lay off 900 teachers.", ["Chicago, IL, US"]),
    ("Qwerty", "Gloucester City Council in England said 75 posts would go.", ["Gloucester, GB"]),
    ("Baltimore", "Baltimore's school board voted to lay off 300 people.", ["Baltimore, MD, US"]),
    ("Boston Scientific", "Boston Scientific will lay off 900 people.", []),
    ("Illinois Tool Works", "Illinois Tool Works will lay off 900 people.", []),
)
# Title, text and places.
DATED: tuple[Story, ...] = (
    (
        "",
        "GLASGOW, Ky. (AP) - Acme Corp. is closing its factory in this town, leaving 200 people out of work.",
        ["Glasgow, KY, US"],
    ),
    (
        "",
        "DUBLIN, Va. - Acme will lay off 500 of the 2,500 workers at its truck plant here in February.",
        ["Dublin, VA, US"],
    ),
    ("", "DUBLIN, Va. - Acme will lay off 500 people. Analysts here said more cuts may follow.", []),
    (
        "Acme lays off 500 in Virginia",
        "Acme will lay off 500 workers at its plant in Dublin, Virginia.",
        ["Dublin, VA, US"],
    ),
)
