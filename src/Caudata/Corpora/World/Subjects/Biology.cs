namespace Caudata.Corpora.World.Subjects;

/// <summary>Cells, plants and invented species of the fields and shores.</summary>
internal static class Biology
{
    public const string Name = "biology";

    public const string Lore = """
        = species: marsh dune reed stone river copper ridge moss salt willow heath cave * finch shrew newt moth crab beetle sparrow vole lily thistle snail wren
        = organelle: nucleus/nuclei, mitochondrion/mitochondria, ribosome, membrane, chloroplast, vacuole, cell wall, Golgi body/Golgi bodies, flagellum/flagella
        = organ: liver, kidney, heart, lung, root, leaf/leaves, stem, gill, wing, stomach, antenna/antennae, spleen, flower
        = bioprocess: photosynthesis, respiration, digestion, osmosis, mitosis, meiosis, pollination, fermentation, migration, moulting, germination, natural selection
        = habitat: pond, hedge, tidal pool, beech wood, alpine meadow, cave, salt marsh/salt marshes, river bank, city park, peat bog, dry wall
        t The <species>: {life and habitat|a portrait|field notes}
        t <bioprocess.c>{ explained| for beginners|: questions and answers}
        t {Life in|Animals and plants of} the <habitat>
        h {Cells|Habitat|Food and enemies|Reproduction|Observations|Questions|Experiments}
        s The <species> {lives|nests|hides} in the <habitat> and {feeds on|eats} {seeds|larvae|algae|small worms|nectar}{ in <season>|}.
        s {During|In} <bioprocess>, the <organelle> {releases|takes up|stores} {energy|water|oxygen|sugar}.
        s {A|One} <species> lays <n=2..90> eggs in <month>; {after|within} <m=6..60> days the young {hatch|leave the <habitat>}.
        s The <organ> {contains|has} {many|few|no} cells with {large|several} <organelle.s>[, which makes <bioprocess> fast].
        s {Under|With} the microscope, <organelle.a> {appears|looks} {green|round|like a thin line} {at|from} <n=40..900> times magnification.
        s {Counts|Surveys} {near|around} <town> {found|list} <n=5..900> <species.s> in <year=1970..2024>{, fewer than before|, twice as many as expected|}.
        s {Without|If there is no} <bioprocess>, the <organ> {would|could} not {grow|work|heal}.
        s {Predators|Parasites} of the <species> {include|are} the <species> and the <species>.
        q {Where|In which habitat} does the <s=species> live?
        a {Mostly in|It prefers} the <h=habitat@s>{, above all in <m=season@s>|}; {in winter|in dry years} it {moves|is found} {near|to} the <k=habitat@h>.
        q What is the {function|task} of the <o=organelle>?
        a {It|The <o>} {takes part in|serves} <b=bioprocess@o>: {without it|when it is missing}, the cell {lacks|runs short of} {energy|material}{ within minutes|}.
        q How many eggs does the <s=species> lay?
        a {Between <a=2..9@s> and <b=10..40@s>|From <a=2..9@s> to <b=10..40@s>}, usually in <m=month@s>.
        q What {happens|goes on} during <b=bioprocess>?
        a {Put simply|In short}, {substances|molecules} are {moved|changed} {in|through} the <o=organelle@b>, and the <g=organ@b> {gains|uses} energy{ in the process|}.
        q Why {is|has} the <s=species> become {rare|so rare}?
        a {Because|Mainly because} the <h=habitat@s> {disappears|is drained|is sprayed}. {Around|Near} <t=town@s> only <n=4..90@s> {pairs|animals} {were counted|are left}.
        q What does the <s=species> eat?
        a {Chiefly|Mostly} {larvae and seeds|algae|worms and snails}, {in <m=season@s>|at times} also {berries|young leaves}.
        d osmosis :: the passage of water through a membrane towards the stronger solution
        d enzyme :: a protein that speeds up a reaction in the cell
        d habitat :: the place where a species lives
        d mitosis :: the division of a cell nucleus into two equal ones
        d gene :: a stretch of DNA with the plan of a product
        d symbiosis :: the living together of two species to the use of both
        d larva :: the young form of an animal that changes its shape
        d <s=species> :: a species of the <h=habitat@s> with <n=2..9@s> to <b=10..40@s> young
        """;

    public static Subject Create() => Subject.Parse(Name, 7, Lore);
}
