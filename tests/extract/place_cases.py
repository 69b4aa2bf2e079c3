"""Sentences of our own, each with the places where its jobs go ("Newark, NY, US"), for `test_places`."""

from __future__ import annotations

Case = tuple[str, list[str]]

FACILITIES: tuple[Case, ...] = (
    ("Acme will lay off 73 people at its Newark, NY facility.", ["Newark, NY, US"]),
    ("Acme is closing plants in Ohio and Indiana, cutting 300 jobs.", ["OH, US", "IN, US"]),
    ("Acme said it will close its Fostoria, OH plant.", ["Fostoria, OH, US"]),
    ("About 120 employees at the Dubuque, Iowa, plant will lose their jobs.", ["Dubuque, IA, US"]),
    ("Acme plans to cut 90 jobs at its factory in Stockton, Calif.", ["Stockton, CA, US"]),
    ("Acme will shut its mill in Springfield, Mass., and lay off 200 workers.", ["Springfield, MA, US"]),
    ("Acme will eliminate 150 positions in Albany, N.Y., by June.", ["Albany, NY, US"]),
    ("The company is laying off 40 workers at its Toledo assembly plant.", ["Toledo, OH, US"]),
    ("Acme is closing a call center near Tulsa, Oklahoma, which employs 400.", ["Tulsa, OK, US"]),
    ("Acme will shut its Kansas City, Kansas, warehouse and cut 80 jobs.", ["Kansas City, KS, US"]),
    ("Some 60 jobs at its Turin plant will go.", ["Turin, IT"]),
    ("The company will close factories in Lyon, Lille and Nantes.", ["Lyon, FR", "Lille, FR", "Nantes, FR"]),
    (
        "Acme will cut 250 jobs at plants in Kinston and Lenoir, North Carolina.",
        ["Kinston, NC, US", "Lenoir, NC, US"],
    ),
    ("Acme will shed 500 jobs at sites in Varel and Laupheim in Germany.", ["Varel, DE", "Laupheim, DE"]),
    ("Acme will close its refinery in Sarnia, Ont., with the loss of 350 jobs.", ["Sarnia, ON, CA"]),
    ("Acme is closing its Geelong plant in Australia, with 500 jobs lost.", ["Geelong, AU"]),
    (
        "The layoffs will affect workers in Austin, Texas, and Boise, Idaho.",
        ["Austin, TX, US", "Boise, ID, US"],
    ),
    ("Layoffs are under way in Hong Kong and Singapore, the bank said.", ["Hong Kong, HK", "SG"]),
    (
        "Acme will close offices in Washington, D.C., and New York City.",
        ["Washington, DC, US", "New York, NY, US"],
    ),
    ("Two hundred workers will be laid off in Wichita.", ["Wichita, KS, US"]),
    ("Of the 900 job cuts, 400 will be in the United Kingdom and 500 in France.", ["GB", "FR"]),
    ("Around 1,200 positions will be eliminated across Britain and Ireland.", ["GB", "IE"]),
    ("The closure of the Coventry factory will cost 1,000 jobs.", ["Coventry, GB"]),
    ("It will end production in Trollhattan, Sweden, and dismiss 3,000 workers.", ["Trollhättan, SE"]),
    ("Acme will close its Johnstown site in Pennsylvania, affecting 90 employees.", ["Johnstown, PA, US"]),
)
NATIONS: tuple[Case, ...] = (
    ("Acme is cutting 3,000 jobs in Germany.", ["DE"]),
    ("Acme will close its German plants, eliminating 2,000 jobs.", ["DE"]),
    ("Acme is cutting 1,600 U.S. salaried positions.", ["US"]),
    ("Acme will cut 400 jobs in the U.K. as demand falls.", ["GB"]),
    ("Acme will reduce its Canadian workforce by 10 percent.", ["CA"]),
    ("About 300 Dutch jobs will be cut.", ["NL"]),
    ("Acme will lay off 500 workers in the Netherlands.", ["NL"]),
    ("Acme will eliminate 70 jobs in South Korea and 30 in Taiwan.", ["KR", "TW"]),
    ("Job losses will be felt in the United States, Western Europe and Japan.", ["US", "JP"]),
    ("Acme plans to cut 2,000 jobs in North America.", []),
    ("Acme will cut 5,000 jobs in Europe and Asia.", []),
)
NOT_PLACES_OF_A_CUT: tuple[Case, ...] = (
    ("German carmaker Acme will cut 4,000 jobs.", []),
    ("The Swiss bank said it will lay off 900 people.", []),
    ("Chicago-based Acme will cut 200 jobs.", []),
    ("Acme, based in Denver, Colorado, will cut 200 jobs.", []),
    ("Acme, headquartered in Atlanta, is laying off 50 people.", []),
    ("Acme will close its plant in Bazet, France; the work moves to Kempten, Germany.", ["Bazet, FR"]),
    ("Acme will shut its Ohio factory and move production to Mexico.", ["OH, US"]),
    ("Acme is cutting 100 jobs in Maine and shifting the work to India.", ["ME, US"]),
    ("Acme will consolidate its offices in Dallas, cutting 60 jobs in Tampa.", ["Tampa, FL, US"]),
    ("Washington Mutual will cut 1,000 jobs.", []),
    ("Boston Scientific plans to lay off 1,300 workers.", []),
    ("Bank of New York said it will cut 500 positions.", []),
    ("Jordan said the layoffs were painful, and workers were told on Monday.", []),
    ("Paris Hilton's company is laying off 12 people.", []),
    ("The Houston Chronicle is cutting 12 percent of its staff.", []),
    ("Acme, which has 1,600 people in Ireland, will cut 400 jobs.", []),
    ("Acme will cut 500 jobs because sales in China fell.", []),
    ("Acme cut 300 jobs in Spain last year.", []),
    ("Acme will lay off 300 workers but hire 100 in Vietnam.", []),
    ("U.S. automaker Acme said demand in Brazil was weak and it would lay off 70 people.", []),
)
AMBIGUOUS: tuple[Case, ...] = (
    ("Acme will close its plant in Paris, Texas.", ["Paris, TX, US"]),
    ("Acme will close its plant in London, Ontario, cutting 200 jobs.", ["London, ON, CA"]),
    ("Acme will shut its plant in Georgia, and another in Alabama.", ["GA, US", "AL, US"]),
    ("Acme will cut 100 jobs in Cambridge, Massachusetts.", ["Cambridge, MA, US"]),
    ("Acme will cut 100 jobs at its Birmingham, Alabama, office.", ["Birmingham, AL, US"]),
    ("Acme will lay off 40 people in Vancouver, Wash.", ["Vancouver, WA, US"]),
    ("Acme will lay off 40 people in Portland, Maine.", ["Portland, ME, US"]),
    ("Acme will lay off 40 people in Melbourne, Florida.", ["Melbourne, FL, US"]),
    ("Acme will lay off 40 people in Ontario, California.", ["Ontario, CA, US"]),
    ("Acme will lay off 40 people at Little Island, Co Cork.", ["Little Island, CO, IE"]),
    ("Acme will lay off 40 people in Hyderabad, India.", ["Hyderabad, IN"]),
    ("Acme will lay off 40 people in Delaware, Ohio.", ["Delaware, OH, US"]),
)
NICKNAMES: tuple[Case, ...] = (
    ("Acme will lay off 200 people in Silicon Valley.", ["Silicon Valley, CA, US"]),
    ("Acme will lay off 200 people in the Bay Area.", ["Bay Area, CA, US"]),
    ("Acme will close 12 stores in the Midwest, cutting 300 jobs.", ["US"]),
)
# Title, text and places.
STORIES: tuple[tuple[str, str, list[str]], ...] = (
    (
        "Acme to close Rocky Mount plant",
        "ROCKY MOUNT, N.C., May 4, 2021 /PRNewswire/ -- Acme Corp. (NYSE: ACM) today announced it will "
        "close its "
        "Rocky Mount, N.C., manufacturing facility by the end of the third quarter. Approximately 210 "
        "employees will "
        "be affected. Production will be transferred to the company's plants in Monterrey, Mexico, and "
        "Greenville, "
        "South Carolina.\n\nAbout Acme\nAcme is headquartered in Charlotte, N.C., and has plants in Ohio.",
        ["Rocky Mount, NC, US"],
    ),
    (
        "Acme cuts 120 jobs",
        "WINDSOR, Ontario - Acme will lay off 120 workers at its Windsor plant starting Jan. 5.",
        ["Windsor, ON, CA"],
    ),
    (
        "Acme to shut Wolverhampton factory",
        "LONDON (Wire) - Acme plc said on Monday it would shut its Wolverhampton factory with the loss "
        "of 300 jobs "
        "and cut a further 150 posts in Birmingham.",
        ["Wolverhampton, GB", "Birmingham, GB"],
    ),
    (
        "Acme to cut jobs in Birmingham",
        "MONTGOMERY, Ala. - Acme said it would cut 150 jobs in Birmingham, the state's largest city.",
        ["Birmingham, AL, US"],
    ),
    ("Acme cuts 50 jobs", "BOSTON - Acme said it is cutting 50 jobs in Cambridge.", ["Cambridge, MA, US"]),
    ("Acme cuts 50 jobs", "LONDON - Acme plc said it is cutting 50 jobs in Cambridge.", ["Cambridge, GB"]),
    ("Acme cuts 50 jobs", "TBILISI - Acme said it is cutting 50 jobs in Georgia.", ["GE"]),
    ("", "Acme will close plants in Georgia, Russia and Ukraine.", ["GE", "RU", "UA"]),
    (
        "Acme layoffs",
        "Acme Corp filed a WARN notice with the state of California disclosing that 92 employees at its "
        "San Diego "
        "headquarters will be terminated effective March 1.",
        ["San Diego, CA, US"],
    ),
    (
        "Acme layoffs",
        "The layoffs affect 35 employees in Seattle, 20 in Portland, Oregon, and 10 in Denver, a "
        "spokeswoman said.",
        ["Seattle, WA, US", "Portland, OR, US", "Denver, CO, US"],
    ),
    ("", "Acme will cut 1,200 jobs: 700 in France, 300 in Italy and 200 in Spain.", ["FR", "IT", "ES"]),
    (
        "Acme layoffs",
        "Sites to be closed:\n- Dayton, Ohio (120 jobs)\n- Erie, Pa. (80 jobs)\n\nThe company will lay "
        "off 200 people.",
        ["Dayton, OH, US", "Erie, PA, US"],
    ),
    (
        "Acme layoffs",
        "Acme will lay off 200 people. The affected sites are Dayton, Ohio; Erie, Pennsylvania; and "
        "Macon, Georgia.",
        ["Dayton, OH, US", "Erie, PA, US", "Macon, GA, US"],
    ),
    (
        "Acme layoffs",
        "The Ann Arbor, Michigan-based company is cutting 124 jobs. About 88 of the affected jobs are at the "
        "company's headquarters.",
        ["Ann Arbor, MI, US"],
    ),
    (
        "Acme layoffs",
        "TOKYO (Wire) - Acme said it will shut three domestic factories and lay off 900 workers.",
        ["JP"],
    ),
    (
        "Acme layoffs",
        "Acme will cut 300 jobs in Leeds. Rival Bravo announced plans on Thursday to cut 1,900 jobs in "
        "Ireland.",
        ["Leeds, GB"],
    ),
    ("Acme layoffs", "The plant in Bochum, which employs 2,300 people, will be closed.", ["Bochum, DE"]),
    (
        "Acme layoffs",
        "Acme is to close its Sheffield-based call centre with the loss of 140 jobs.",
        ["Sheffield, GB"],
    ),
    ("Acme layoffs", "Shares of Acme fell 3 percent in Frankfurt after it said it would cut 500 jobs.", []),
    ("Acme layoffs", "Acme will lay off 300 people, the Detroit News reported.", []),
    (
        "Acme layoffs",
        "Acme will lay off 300 people, Chief Executive Austin Reed told reporters in Chicago.",
        [],
    ),
)
# The turns of phrase of news wires.
WIRES: tuple[Case, ...] = (
    ("Acme to idle Michigan plants.", ["MI, US"]),
    ("Acme to cut 1,100 UK jobs.", ["GB"]),
    ("Acme axes 300 Irish jobs.", ["IE"]),
    ("Acme will cut 1,000 jobs, about half of them in Germany.", ["DE"]),
    ("Acme will cut 1,000 jobs, of which 300 in the UK.", ["GB"]),
    ("Acme will cut 1,000 jobs, two-thirds of which are in the United States.", ["US"]),
    ("Most of the cuts will come in Britain, the bank said.", ["GB"]),
    ("The bulk of the layoffs are in its Italian business.", ["IT"]),
    ("Acme said 250 jobs would be lost at Stockport, near Manchester.", ["Stockport, GB"]),
    ("Acme will cut 5 percent of its workforce in Canada.", ["CA"]),
    (
        "Acme's Louisville, Kentucky, plant will close and 300 workers will lose their jobs.",
        ["Louisville, KY, US"],
    ),
    ("Acme will cut 80 jobs at its St. Louis, Missouri, headquarters.", ["St. Louis, MO, US"]),
    ("Acme will stop production at its Bridgend plant in south Wales, axing 600 jobs.", ["Bridgend, GB"]),
    (
        "Acme workers in Ohio, Michigan and Kentucky will be furloughed for a week.",
        ["OH, US", "MI, US", "KY, US"],
    ),
    ("The cuts include 300 in Ohio, 200 in Texas and 100 overseas.", ["OH, US", "TX, US"]),
    (
        "The restructuring includes closing plants in Peoria, Illinois, and Aurora, Colorado.",
        ["Peoria, IL, US", "Aurora, CO, US"],
    ),
    (
        "Acme will lay off workers at facilities in Illinois, Georgia and South Carolina.",
        ["IL, US", "GA, US", "SC, US"],
    ),
    (
        "Acme said it would eliminate 400 positions at its New Jersey headquarters and at research "
        "centers in Boston and San Diego.",
        ["NJ, US", "Boston, MA, US", "San Diego, CA, US"],
    ),
    (
        "Acme will transfer 200 jobs from Leeds to Krakow, Poland, making the Leeds staff redundant.",
        ["Leeds, GB"],
    ),
    ("Acme is moving its call center from Tampa to Manila, which will cost 150 jobs.", ["Tampa, FL, US"]),
    ("Acme plans to cut 12,000 jobs worldwide, including 4,000 in Spain, where it employs 20,000.", ["ES"]),
    ("Acme will shed 340 jobs in Northern Ireland.", ["GB"]),
    (
        "Job cuts are planned in London, New York and Hong Kong.",
        ["London, GB", "New York, NY, US", "Hong Kong, HK"],
    ),
    (
        "The bank has begun laying off investment bankers in London and New York.",
        ["London, GB", "New York, NY, US"],
    ),
    ("The firm dismissed 20 traders in Tokyo on Monday.", ["Tokyo, JP"]),
    (
        "Acme will offer buyouts to 3,000 hourly workers at its Rockford, Illinois, and Moline, "
        "Illinois, plants.",
        ["Rockford, IL, US", "Moline, IL, US"],
    ),
    ("Acme will cut 700 jobs at its Swedish and Danish units.", ["SE", "DK"]),
    ("Acme will close its Ohio and Indiana plants, cutting 700 jobs.", ["OH, US", "IN, US"]),
    (
        "Acme will close its Chicago, Detroit and Dallas offices, cutting 70 jobs.",
        ["Chicago, IL, US", "Detroit, MI, US", "Dallas, TX, US"],
    ),
    ("Layoffs at the Everett factory will begin in May, Acme said in Seattle.", ["Everett, WA, US"]),
    ("Acme will lay off 200 in Charlotte.", ["Charlotte, NC, US"]),
    ("Acme said about 900 employees in Japan have applied for early retirement.", ["JP"]),
    ("The company will shut its operations in Argentina and Chile and lay off 300 employees.", ["AR", "CL"]),
    ("Acme is seeking 1,000 voluntary redundancies in Norway.", ["NO"]),
    ("Acme plans to halve its 400-strong workforce in Shanghai.", ["Shanghai, CN"]),
    ("Acme's plant in Dunkirk, northern France, will lose 200 jobs.", ["Dunkirk, FR"]),
    ("Acme told staff at its Derby site it would make 500 of them redundant.", ["Derby, GB"]),
    ("Acme will reduce the number of employees in India by 15 percent.", ["IN"]),
    ("It will cut 50 posts in the Irish Republic and 100 in Wales.", ["IE", "GB"]),
    ("The job losses, mainly in Scotland, come as demand falls.", ["GB"]),
    ("Acme will lay off 4,000 at its plants in the Brazilian state of Sao Paulo.", ["BR"]),
    ("The firm will close 20 of its 60 U.S. stores and lay off 800.", ["US"]),
    ("Acme, the largest employer in Akron, will lay off 90.", []),
    ("Acme is the top private employer in Iowa. It will lay off 90.", []),
    ("The Teamsters union in Cleveland said Acme would lay off 80.", []),
    ("Acme said it would cut 80 jobs after losing a contract in Kuwait.", []),
    ("Acme blamed weak sales in Russia for the 300 job cuts.", []),
    ("Acme won approval from the German government for the layoffs.", []),
    ("Acme, a unit of Bravo of Japan, will lay off 90 people.", []),
    ("Employees in France protested against the job cuts.", ["FR"]),
    ("The layoffs were first reported by the Boston Globe.", []),
    ("Acme said in a filing in Delaware that it would lay off 90.", []),
    ("Acme will cut 100 jobs as it integrates Bravo of Dallas, Texas.", []),
)

# Lists of countries, nationalities, shares, and what only looks like a place of a cut.
TURNS: tuple[Case, ...] = (
    ("Of the cuts, 1,500 will be in Germany; 300 in Italy; and 200 in Spain.", ["DE", "IT", "ES"]),
    (
        "The job losses are: 1,200 in Britain, 900 in France, 400 in Germany and the rest in Asia.",
        ["GB", "FR", "DE"],
    ),
    (
        "Acme will cut 900 positions, with 400 in Sweden, 300 in Finland and 200 in other countries.",
        ["SE", "FI"],
    ),
    ("Acme said 350 jobs would go in Belgium, 150 in the Netherlands and 80 in Denmark.", ["BE", "NL", "DK"]),
    ("Acme plans to cut 2,000 jobs, mainly in Germany, France and Italy.", ["DE", "FR", "IT"]),
    ("The cuts will affect workers in Brazil, Mexico, India and China.", ["BR", "MX", "IN", "CN"]),
    ("Acme will cut staff in Ireland (300 jobs), Poland (200) and Hungary (150).", ["IE", "PL", "HU"]),
    (
        "Countries affected include Austria, Switzerland, Norway and Portugal, Acme said.",
        ["AT", "CH", "NO", "PT"],
    ),
    (
        "Acme is to lay off 400 people at plants in Spain, Portugal and the Czech Republic.",
        ["ES", "PT", "CZ"],
    ),
    (
        "The reductions will be made in the United States, Canada, Mexico and Puerto Rico.",
        ["US", "CA", "MX", "PR"],
    ),
    ("Some 3,000 jobs will go in Russia and a further 1,200 in Ukraine by June.", ["RU", "UA"]),
    (
        "Acme said it will cut 1,200 jobs in France, about 600 in Germany and around 500 in Britain.",
        ["FR", "DE", "GB"],
    ),
    (
        "Of the job cuts, 600 will come from France, with the rest spread over Belgium and Luxembourg.",
        ["FR", "BE", "LU"],
    ),
    ("It plans to close a plant in the Netherlands and two in Belgium, cutting 400 jobs.", ["NL", "BE"]),
    (
        "The company will shed 5,000 jobs: 2,600 in Italy, 1,400 in Germany, and 1,000 elsewhere in Europe.",
        ["IT", "DE"],
    ),
    ("Acme will cut 1,000 jobs, half of which are in Turkey.", ["TR"]),
    ("Roughly 40 percent of the cuts will be in Japan.", ["JP"]),
    ("Acme will eliminate jobs in its Japanese, Korean and Taiwanese units.", ["JP", "KR", "TW"]),
    ("Acme is slashing its Indian workforce by a third.", ["IN"]),
    ("Acme, whose Spanish unit will cut 300 jobs, said sales fell.", ["ES"]),
    ("Acme's Brazilian unit said it would lay off 800 workers.", ["BR"]),
    ("The German unit of Acme will cut 500 jobs.", ["DE"]),
    ("Acme Canada said it was cutting 120 jobs.", []),
    ("Acme said it would cut 600 staff across its UK and Irish operations.", ["GB", "IE"]),
    ("Acme to cut 300 UK posts and 100 in Ireland.", ["GB", "IE"]),
    ("Acme is to axe 2,500 UK jobs as it shuts 50 branches.", ["GB"]),
    ("Acme will cut 900 jobs nationwide.", []),
    ("Acme will cut jobs at its operations worldwide, including Singapore and Malaysia.", ["SG", "MY"]),
    (
        "Half the jobs will go in Germany, where Acme employs 9,000 people, and the rest in France.",
        ["DE", "FR"],
    ),
    ("About 150 of the layoffs will be in the United States, and the rest in Europe and Asia.", ["US"]),
    ("Layoffs will start in the U.S. this week and in Europe next month.", ["US"]),
    ("Acme will cut 10 percent of its North American salaried workforce.", []),
    ("It will reduce its salaried work force in the United States by 20 percent.", ["US"]),
    ("Acme will offer buyouts to all its U.S. hourly workers.", ["US"]),
    ("Acme is closing 20 U.S. stores and cutting 400 jobs.", ["US"]),
    ("Acme is cutting 300 jobs at its U.S. headquarters.", ["US"]),
    ("Acme, the second-largest U.S. chain of coffee shops, will lay off 700.", []),
    ("Acme, the largest U.S. department store operator, will cut 7,000 jobs.", []),
    ("Acme, the No. 3 U.S. automaker, said it will cut 2,000 jobs as U.S. sales plunged.", []),
    ("U.S. employers cut 500,000 jobs in November, the Labor Department said.", []),
    ("U.S. companies have slashed jobs as the recession deepens.", []),
    (
        "Acme will cut 800 jobs as U.S. home sales fall in a weak U.S. market for offices.",
        [],
    ),
    ("U.S. manufacturer Acme said it would cut 1,200 jobs and close plants.", []),
    ("The U.S.-based company will cut 1,200 jobs.", []),
    ("The biggest layoffs in U.S. banking history came as Acme cut 9,000 jobs.", []),
    ("Acme has 3,000 U.S. employees. It will cut 10 percent of jobs overall.", []),
    ("Acme, which operates 600 stores in the United States and Canada, will cut 300 jobs.", []),
    ("Acme, with plants in Ohio, Texas and Mexico, said it would cut 300 jobs.", []),
    ("The cuts come on top of 500 jobs eliminated in Germany in March.", []),
    ("Acme had already cut 400 jobs in Finland this year.", []),
    ("Acme said last month it would cut 900 jobs in Canada.", []),
    ("Acme will cut 200 jobs after the sale of its business in Norway.", []),
    ("Acme, owned by Bravo of Germany, will cut 200 jobs.", []),
    ("The job cuts, which do not affect workers in France, will take effect in May.", []),
    ("Acme will cut 2,000 jobs but plans to hire 500 engineers in India.", []),
    ("Acme said the cuts would not affect its plants in Michigan.", []),
    ("Unions in Belgium said they would fight the job cuts.", []),
    ("The government of Quebec said it regretted the layoffs.", []),
    ("Acme is in talks with unions in Germany about cutting 800 jobs there.", ["DE"]),
    ("Acme has asked workers in Germany and Austria to take voluntary redundancy.", ["DE", "AT"]),
    (
        "Acme said it began notifying employees in New York, London and Tokyo on Tuesday.",
        ["New York, NY, US", "London, GB", "Tokyo, JP"],
    ),
    (
        "The layoffs came in New York, London and Hong Kong, sources said.",
        ["New York, NY, US", "London, GB", "Hong Kong, HK"],
    ),
    ("Acme let go 30 bankers in New York this week.", ["New York, NY, US"]),
    ("Acme laid off about 60 workers Friday at its Fremont, California headquarters.", ["Fremont, CA, US"]),
    (
        "Acme would close three factories, in Antwerp, Bochum and Luton, with the loss of 8,000 jobs.",
        ["Antwerp, BE", "Bochum, DE", "Luton, GB"],
    ),
    (
        "The plants to close are in Dayton, Ohio; Erie, Pennsylvania; and Tijuana, Mexico.",
        ["Dayton, OH, US", "Erie, PA, US", "Tijuana, MX"],
    ),
    (
        "Acme will move work from Reno, Nevada, into its Tucson, Arizona, plant, affecting 80 workers.",
        ["Reno, NV, US"],
    ),
    ("Acme's finance department in Dublin will lose 90 staff.", ["Dublin, IE"]),
    ("Acme is shutting its call centre in Glasgow, putting 400 people out of work.", ["Glasgow, GB"]),
    ("Acme said 200 contractors in Bangalore would also go.", ["Bangalore, IN"]),
    ("About 3,000 of the affected positions are in Michigan.", ["MI, US"]),
    ("Acme also plans to cut 1,000 workers from its plants in Slovakia.", ["SK"]),
    ("Acme plans job cuts in Greece.", ["GR"]),
    ("Acme considers 500 job cuts in Romania.", ["RO"]),
    ("Acme Romania plans to shed 500 workers.", []),
    ("The Dutch arm of Acme is to make 300 staff redundant.", ["NL"]),
    ("Acme would cut about 400 head office jobs in Paris.", ["Paris, FR"]),
    ("The move will affect approximately 250 employees, primarily in the United States.", ["US"]),
    (
        "The plan will affect 900 employees globally, including approximately 300 in the United States.",
        ["US"],
    ),
    (
        "Acme expects the reductions to occur primarily at its Santa Clara, Calif., campus and in Israel.",
        ["Santa Clara, CA, US", "IL"],
    ),
    (
        "The cuts will be spread across Acme's offices in Boston, Denver and Bangalore.",
        ["Boston, MA, US", "Denver, CO, US", "Bangalore, IN"],
    ),
    (
        "About 110 positions at the Lexington, Massachusetts headquarters will be eliminated.",
        ["Lexington, MA, US"],
    ),
    (
        "Acme will close its Silver Bay and Babbitt, Minnesota, mines and lay off 90.",
        ["Silver Bay, MN, US", "Babbitt, MN, US"],
    ),
    ("Acme will lay off 30 people in Sistersville, W.Va.", ["Sistersville, WV, US"]),
    (
        "Acme will idle plants in Reno, Nev., where 200 make tyres, and in Elko, Nev., where 90 make tubes.",
        ["Reno, NV, US", "Elko, NV, US"],
    ),
    ("Some 90 workers at the Nairn sawmill (Ont.) will be laid off.", ["Nairn, ON, CA"]),
    ("Acme will close its plant near Emerald, Queensland, where 300 jobs will be affected.", ["Emerald, AU"]),
)

# What one place tells of another: lists kept whole, seats, officers, sites that stay.
RELATIONS: tuple[Case, ...] = (
    (
        "Acme will lay off 900 at plants in Michigan and Delaware: 500 in Pontiac, Michigan, and 400 in "
        "Wilmington, Delaware.",
        ["Pontiac, MI, US", "Wilmington, DE, US"],
    ),
    (
        "The cuts will fall in offices across the United States and Canada and in its Detroit headquarters.",
        ["US", "CA", "Detroit, MI, US"],
    ),
    (
        "Most cuts will be in the United States. It will also shut its Reno, Nevada, office and lay off 50.",
        ["US", "Reno, NV, US"],
    ),
    ("Acme will close sites in Penang, Malaysia, and Bangalore.", ["Penang, MY", "Bangalore, IN"]),
    ("Acme will cut 90 jobs, said the head of the works council at Acme in Bochum.", []),
    (
        "A spokesman for the Dallas-based private equity firm Bravo spoke. Austin, Texas-based Acme will cut "
        "180 jobs at its headquarters.",
        ["Austin, TX, US"],
    ),
    ("Acme, which operates about 90 branches in 11 U.S. states, will cut 40 jobs.", []),
    (
        "Acme will close a mill in Cornwall, Ont., and cut 90 jobs; its Vancouver mill will be sold.",
        ["Cornwall, ON, CA"],
    ),
    ("Acme said the cuts won't affect its plants in Ireland.", []),
    ("Acme cuts 45 jobs at its Duralie open cut mine near Gloucester, Australia.", ["Gloucester, AU"]),
    (
        "The sites to be shut -- three in the United States -- as well as Harlow in Britain employ 200.",
        ["US", "Harlow, GB"],
    ),
    ("Acme workers in Ohio are getting their pink slips this week.", ["OH, US"]),
    ("Acme is to restructure its operations in Spain and Italy.", ["ES", "IT"]),
    ("Acme will stop making cars in Australia and lay off 600.", ["AU"]),
    ("The company operates in Germany, France and Italy and said 300 jobs were at risk.", []),
    ("Shares in Acme, which will cut 50 jobs, fell 3 percent in Paris.", []),
    ("Acme cut 300 jobs. It operates branches in 11 U.S. states, and ended June with cash.", []),
    (
        "Acme will cut 45 jobs in Madison, Wis., and 30 in Fort Wayne, Ind.",
        ["Madison, WI, US", "Fort Wayne, IN, US"],
    ),
    ("Acme will cut 60 jobs in Leeds and will shift production from Slovenia to Serbia.", ["Leeds, GB"]),
)
