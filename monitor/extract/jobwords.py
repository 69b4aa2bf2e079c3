"""The words of English for jobs and for taking them away, as word classes.

Words are in lower case. The verbs are those of the news wires' and releases' own usage, in all their forms.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a list in one string as a set."""
    return frozenset(text.split())


# Places on a payroll, and the people who hold them.
POSTS = words(
    """equivalents equivalent job jobs position positions post posts role roles headcount headcounts fte
    ftes vacancies man-years person-years"""
)
STAFF = words(
    """team teams employment staffing workforce workforces staff staffs payroll payrolls personnel manpower
    force forces ranks crew crews"""
)
PEOPLE = words(
    """teammates members headcounts employee employees worker workers staffer staffers people persons
    associates colleagues managers management executives contractors temps temporaries labourers
    laborers hands individuals bankers traders brokers advisers advisors engineers technicians mechanics
    pilots attendants teachers nurses doctors journalists reporters editors miners steelworkers
    autoworkers drivers operators agents officers analysts consultants developers programmers scientists
    researchers clerks cashiers assistants professionals specialists representatives salespeople
    salesmen instructors lecturers professors faculty civilians soldiers servants firefighters guards
    cleaners cooks crewmembers aircrew steward stewards apprentices trainees interns producers artists
    aides custodians counselors counsellors coaches principals librarians paraprofessionals secretaries
    deputies troopers paramedics dispatchers machinists welders electricians carpenters loggers pickers
    packers paralegals underwriters adjusters tellers recruiters marketers waiters chefs sailors seamen
    dockworkers pressmen printers photographers columnists correspondents animators coders testers
    freelancers subcontractors midwives pharmacists caretakers trainers tutors conductors mechanics
    musicians designers lawyers attorneys accountants partners"""
)
JOBS = POSTS | STAFF | PEOPLE

# Verbs that take jobs as their object, with the participle that also makes the passive.
CUTTING = words(
    """costing hemorrhage hemorrhaging haemorrhaging bleeding cut cuts cutting shed sheds shedding
    eliminate eliminates eliminated eliminating slash slashes slashed slashing axe axes axed axing ax
    trim trims trimmed trimming whittle whittles whittled whittling
    reduce reduces reduced reducing lower lowers lowered lowering drop drops
    dropped dropping pare pares pared paring prune prunes pruned pruning scrap scraps scrapped scrapping
    cull culls culled culling chop chops chopped shave shaves shaved shaving downsize downsizes
    downsized downsizing shrink shrinks shrinking abolish abolishes abolished abolishing terminate
    terminates terminated terminating dismiss dismisses dismissed dismissing sack sacks sacked sacking
    fire fires fired firing release released separate separated retrench retrenched retrenching lose
    loses losing lost furlough furloughs furloughed furloughing idle idles idled idling remove removes
    removed removing strike strikes striking displace displaced displacing jettison ditch ditches
    ditched ditching oust ousted discharge discharged let-go streamline streamlining decrease decreases
    decreasing halve halves halving cost costs affect affects affected affecting impact impacts impacted
    impacting touch touches hit hits claim claims buyout suspend suspends suspended suspending delete
    deleted deleting redundant slice slices sliced slicing thin thins thinned thinning erase erases
    erasing slim slims slimming curtail curtailing purge purged purging jettisoned lay lays laying laid"""
)
# Of these verbs, those that mean people without naming them.
LAYING_OFF = words(
    """lay lays laying laid furlough furloughs furloughed furloughing redundant sack sacks sacked sacking"""
)
# Verbs that need people or jobs so near that nothing else can be meant.
WEAK_CUTTING = words(
    """costing cost costs affect affects affected affecting impact impacts impacted impacting touch touches
    hit hits claim claims drop drops dropped dropping release released lower lowers lowered lowering
    strike strikes striking remove removes removed removing suspend suspends suspended lay lays laying
    laid idle idles idled idling"""
)
# What jobs or people do when they go, after the noun.
GOING = words(
    """jobless phased ended axe removed separated leaving go goes going gone leave leaves left depart
    disappear disappearing vanish exit affected impacted redundant surplus eliminated cut axed shed
    slashed lost trimmed scrapped terminated dismissed laid furloughed fired sacked retrenched displaced
    touched hit lose loses losing threatened idled abolished released"""
)
# One word that tells the cut by itself.
EVENTS = words(
    """pink-slips layoff layoffs lay-off lay-offs redundancy redundancies retrenchment retrenchments
    downsizing downsizings furlough furloughs dismissal dismissals firings sackings pink-slip job-cuts
    rif rifs joblosses revector terminations departures resignations retirements exits"""
)
# Nouns that tell a cut after (or with "of", "in") a word of jobs: "job cuts", "reduction in force".
REDUCTIONS = words(
    """separation separations cost axing shedding culling scrapping termination terminations cut cuts
    cutting cutback cutbacks loss losses reduction reductions elimination eliminations downsizing
    departure shrinkage decrease closures cull lay-offs layoffs redundancies furloughs buyouts"""
)
BUYOUTS = words("buyout buyouts buy-out buy-outs")
# Auxiliaries before a verb of going.
HELPING = words(
    """face faces facing would will shall to are is were was be been being could may might must can should
    get stand expected going"""
)
# What a workforce does when it gets smaller: then "by" tells how many go, "to" how many stay.
FALLING = words(
    """cutting fall falls fell falling shrink shrinks shrank shrinking decline declines drop drops leave
    leaves go depart reduced cut lowered trimmed slashed halved shrunk"""
)
