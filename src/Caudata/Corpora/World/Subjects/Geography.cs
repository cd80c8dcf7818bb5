namespace Caudata.Corpora.World.Subjects;

/// <summary>Countries, rivers and peaks of an invented globe; facts about a name agree wherever they are told.</summary>
internal static class Geography
{
    public const string Name = "geography";

    public const string Lore = """
        = country: Ar Bel Cas Dor Es Fal Gor Hel Is Jun Kar Lut Mor Nev Or Pal Ras Sor Tar Ust Val Zem * avia enia esh istan land mark mere ora ovia tria una ysia
        = river: Ald Bren Cour Dess Ell Fenn Gran Hul Ish Kett Lume Mar Ness Orr Pell Rhen Sav Tem Ulv Wend Yss * a ana ava e enne er ine on ora une
        = peak: Mount Cald, Mount Verrin, the Grey Horn, Sunder Peak, Mount Osk, the White Tooth, Eagle Ridge, Mount Tallis, the Broken Crown, Mount Ister, Needle Rock, Mount Harrow, the Old Shepherd, Mount Quill
        = climate: mild and rainy, dry and hot, cold with long winters, temperate, monsoonal, windy and cool, tropical, continental
        = export: copper, timber, wool, tea, olive oil, salt, fish, machinery, paper, wheat, coffee, glass, ships, textiles, fruit, granite
        = landform: valley, plateau, delta, peninsula, bay, strait, glacier, desert, marsh/marshes, island, volcano/volcanoes, lagoon, canyon, steppe
        = direction: north, south, east, west, north-east, north-west, south-east, south-west
        t <country>: {land and people|a short geography|rivers and towns|facts}
        t {Geography|Map} {questions|lessons}: {rivers|capitals|climate|landforms}
        t The <river> and its {valley|towns|delta}
        h {Rivers|Climate|People|Economy|Relief|Towns}
        h {Questions|Review|Check your knowledge}
        s <c=country> {lies|is situated} {<direction> of <country>|between <country> and the sea|on both banks of the <river>} and {exports|sells} <e=export@c> [and <f=export@e> ]to its neighbours.
        s The <r=river> {rises|has its source} near <peak>, {flows|runs} <n=80..2400@r> km to the <direction> and {ends in a <landform>|empties into the {<river>|sea}}.
        s {The climate of <c=country>|In <c=country> the climate} is <cl=climate@c>; {in|by} <month> {snow|rain|dust|fog} {reaches|covers} the <landform.s>.
        s <t=town> has <pop=4000..900000@t> {inhabitants|people}, {most|many} of whom {live by|trade in} <e=export@t>.
        s A <landform> {forms|appears} {where|when} {ice melts|a river slows down|the crust is pulled apart|wind carries sand|the sea rises}.
        s {Travellers|Maps} of the year <year=1650..1950> {show|mention} a road from <town> to <town> {along|across} the <river>.
        s {The highest|Its highest} {point|summit} is <peak> with <h=1200..6900> metres; {below|around} it {lies|stretches} {a wide|a stony|a green} <landform>.
        s {Every|Each} <season>, the <river> {floods|leaves its bed near} the {fields|low streets} of <town>[, and {boats|carts} {replace|take the place of} buses].
        q What is the capital of <c=country>?
        a {The capital of <c> is|It is|<c>'s capital is} <k=town@c>[, a {city|town} of <n=90000..3900000@k> {inhabitants|people} on the <r=river@c>].
        q {Which|What} river flows through <t=town>[, and how long is it]?
        a The <r=river@t> flows through <t>; it is <n=80..2400@r> km long.
        q What {does|goods does} <c=country> {export|mainly sell abroad}?
        a {Mainly|Above all} <e=export@c>[, followed by <f=export@e>]. {Most of it|The larger part} goes {by ship|by rail} to <d=country@c>.
        q How {high|tall} is <p=peak>[ and where is it]?
        a {It|<p.c>} {rises to|is} <n=1200..6900@p> metres {above sea level|} in the <dir=direction@p> of <c=country@p>.
        q What is the climate {like in|of} <c=country>?
        a {It is|The climate is} <cl=climate@c>: {about|some} <n=240..2200@c> mm of {rain|precipitation} {fall|are measured} a year, {most|the larger part} of it in <s=season@c>.
        q How many people live in <t=town>?
        a {About|According to the last count,} <n=4000..900000@t> {people|inhabitants} live in <t>.
        q How does a <l=landform> {form|come into being}?
        a {A <l> forms over {thousands|many thousands} of years|Slowly}: {water|ice|wind} {wears away|moves} {soft rock|sand|soil}, {and|while} {harder|heavier} material {stays|is left behind}[; <p=peak> shows this well].
        q Which countries {border|are neighbours of} <c=country>?
        a <c> {borders|has borders with} <a=country@c> in the <d=direction@c> and <b=country@a> on the {other|opposite} side.
        d delta :: land that a river builds where it {enters|meets} {the sea|a lake}
        d tributary :: a river that flows into a {larger|bigger} one
        d watershed :: the line that separates {two river basins|the waters of two rivers}
        d plateau :: a high and {nearly|mostly} level {area|region}
        d strait :: a narrow {passage|channel} of water between two {coasts|seas}
        d latitude :: the {angular distance|distance in degrees} from the equator
        d moraine :: {rubble|stones} that a glacier {carried|pushed} along and left
        d steppe :: a dry {plain|grassland} with few trees
        d <c=country> :: a country with the capital <k=town@c> and the main river <r=river@c>
        d the <r=river> :: a river of <n=80..2400@r> km that rises near <p=peak@r>
        """;

    public static Subject Create() => Subject.Parse(Name, 7, Lore);
}
