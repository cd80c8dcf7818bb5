namespace Caudata.Corpora.World.Subjects;

/// <summary>Questions of citizens about the rules of invented towns: nothing here is legal advice.</summary>
internal static class Law
{
    public const string Name = "law";

    public const string Lore = """
        = contract: lease, sales contract, loan agreement, employment contract, insurance policy/insurance policies, repair order, membership, travel booking, power of attorney/powers of attorney, guarantee, subscription
        = lawparty: tenant, landlord, buyer, seller, employer, employee, guarantor, heir, witness, neighbour, insurer, debtor, creditor, guardian, contractor
        = lawact: give notice, pay the deposit back, cancel the contract, repair the damage, reduce the rent, name a witness, lodge an objection, keep the receipt, return the goods, claim damages, appeal
        = lawoffice: town court, registry, arbitration board, consumer office, land registry, labour court, tax office, ombudsman, notary's office
        = lawmatter: noise at night, a broken heater, a late delivery, an unpaid invoice, a lost parcel, a fallen tree, a faulty kettle, an unsigned will, unpaid overtime, a parking fine, a shared fence
        t {Your rights|What the rules say}: <contract.s>
        t {Questions|Advice} about <lawmatter>
        t {The <lawparty> and the <lawparty>|<contract.sc>}: {rights and duties|a guide|common disputes}
        h {Questions|Deadlines|Duties|Costs|Before the court|What to do}
        s {Under|According to} the by-laws of <town>, the <lawparty> must <lawact> within <n=3..60> days.
        s {A|The} <contract> {is valid|binds both sides} {only in writing|even without a signature|from the day it is received}.
        s The <lawoffice> {decided|held} in <month> <year=1985..2024> that <lawmatter> {is|is not} a reason to <lawact>.
        s {If|When} the <lawparty> {refuses|fails} to <lawact>, the <lawparty> may {go|turn} to the <lawoffice>{ without a lawyer|}.
        s {Keep|Collect} {letters|photos|receipts}: in a dispute about <lawmatter>, the <lawparty> {has to|must} prove {it|the damage}.
        s {Section|Article} <n=2..180> {protects|obliges} the <lawparty>[, unless the <contract> says otherwise].
        s The {fee|deposit} {may not exceed|is limited to} $<n=20..900>{ in <town>|}, and {interest|a fine} {is due|starts} after <m=7..45> days.
        q {Can|May} my landlord {keep|withhold} the deposit {because of|for} <x=lawmatter>?
        a {Only|In <town=town> only} {if|when} <x> {caused|led to} real costs that can be proved. {The rest|Whatever remains} must be paid back within <n=10..60@x> days{ after moving out|}.
        q How long do I have to {cancel|withdraw from} a <c=contract>?
        a {You have|There are} <n=7..30@c> days from {signing|the day you received it}. {A short letter|A message in writing} is enough, and no reason {is needed|need be given}.
        q Do I need a lawyer {for|before} the <o=lawoffice>?
        a {No|Not at first}: for claims {below|up to} $<n=500..5000@o> you can {speak|appear} for yourself. {Above that|For larger sums} a lawyer is {required|advisable}.
        q What happens if I {ignore|do not answer} a letter from the <o=lawoffice>?
        a {After|Once} <n=10..40@o> days {the matter is decided|it decides} without you, and {you pay|the costs are yours}. {Ask|Write} for {more time|an extension} {before|if you need it}.
        q Who {pays|is liable} for <x=lawmatter>?
        a {As a rule|Normally} the <y=lawparty@x>, unless the <z=contract@x> {puts it|places the risk} on the other side or {nobody could prevent it|it was an accident}.
        q Is a <c=contract> {valid|binding} without a signature?
        a {Often, yes|It can be}: {what counts is that|it is enough that} both sides {agreed|showed what they wanted}. {For|With} <d=contract.s> {of more than <n=1..5@d> years|over $<n=200..900@d>} writing is required.
        q {When|How fast} must the <p=lawparty> <a=lawact>?
        a {Within|No later than} <n=3..30@p> days after {the request|being asked} in writing; {a delay|waiting longer} {may cost|leads to} interest.
        d plaintiff :: the person who brings a case to court
        d liability :: the duty to answer for a debt or damage
        d statute :: a law passed by a parliament
        d precedent :: an earlier decision that guides later ones
        d deposit :: money given as security and returned later
        d notice :: a statement that ends a contract after a set time
        d mediation :: talks led by a neutral person without deciding power
        d will :: a document that says who inherits
        d easement :: a right to use another's land for a purpose
        """;

    public static Subject Create() => Subject.Parse(Name, 7, Lore);
}
