namespace Caudata.Corpora.World.Subjects;

/// <summary>Words and sentences that every subject may use.</summary>
internal static class Shared
{
    // Lists of people alternate women and men: pronouns go by the index.
    public const string Lists = """
        = person: Amara, Boris, Clara, Dmitri, Elif, Farid, Greta, Hiro, Ines, Jamal, Katya, Luca, Mina, Nils, Odile, Pavel, Quinn, Rashid, Sofia, Tomas, Uma, Viktor, Wanda, Xavier, Yara, Zoltan, Anouk, Bashir, Celine, Dario, Esther, Felix, Gita, Henrik, Ilse, Jonas, Keiko, Lamar, Mercy, Nikhil, Oksana, Piotr, Renata, Samir, Tessa, Umberto, Vera, Walid, Ximena, Yusuf, Adela, Bruno, Chidi, Declan, Elena, Fergus, Halima, Ivan, Jana, Kofi, Leila, Mateo, Nadia, Oscar, Priya, Ravi, Selma, Tariq, Ulla, Victor, Winnie, Emeka, Zuri, Anton, Beatriz, Carlos, Dalia, Emil, Freya, Gustav
        = surname: Al Bren Cor Dal Ester Fen Gar Hol Ing Jar Kel Lor Mar Nor Oster Pen Quil Ros Sel Tor Ul Ver Wen Yar Zan * berg ford holm land lund man mond ner sen son stad ton vik wall wood worth
        = town: Ash Bar Brook Cald Dun Elm Fair Glen Har Ivy Kings Lang Mill North Oak Pem Quarry Red Stan Thorn Up Wal West Wick Yar * borough bridge bury by cliff dale den field ford gate ham haven ley mere mouth port ridge side stead ton well wick
        = weekday: Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday
        = month: January, February, March, April, May, June, July, August, September, October, November, December
        = season: spring, summer, autumn, winter
        = place: market, bakery, library, school, harbour, workshop, garden centre, community hall, museum, railway station, sports club, post office, bookshop, farm shop, cinema, swimming pool, youth hostel, art studio, bicycle shop, corner shop, orchard, vineyard, laundry, theatre, pharmacy, hardware store, toy shop, flower stall, fishmonger, print shop
        = relative: sister, brother, cousin, aunt, uncle, neighbour, grandmother, grandfather, friend, classmate, teammate, teacher, mother, father, colleague
        = colour: red, blue, green, yellow, white, black, orange, purple, silver, brown, grey, pink, turquoise, crimson, amber, ivory, teal, maroon
        = profession: teacher, nurse, baker, carpenter, engineer, farmer, librarian, driver, painter, gardener, tailor, fisherman/fishermen, student, chemist, lawyer, historian, astronomer, cook, programmer, analyst, electrician, plumber, journalist, editor, clerk, surveyor, translator, mechanic, florist, photographer
        = animal: dog, cat, goat, hen, horse, rabbit, duck, sheep/sheep, cow, pigeon, hamster, goose/geese, donkey, turtle, parrot
        = adverb: quickly, slowly, carefully, often, rarely, sometimes, usually, gradually, steadily, quietly, nearly always, in most cases, as a rule, now and then
        = quality: useful, simple, careful, complete, short, clear, honest, reliable, common, modern, early, rough, exact, practical, familiar, subtle, surprising, important, popular, traditional
        """;

    public const string Lore = """
        t Notes
        s {People|Readers|Visitors|Newcomers} {often|sometimes|usually} ask <person> from <town> about this, and the answer is {rarely|seldom|not always} <quality>.
        s {The|Our} page was last {revised|checked|corrected} in <month> by <person> <surname>[, who also runs the <place> in <town>].
        s {If you find|Should you notice} {a mistake|an error|something unclear}, {write to|tell} the {editor|author}[ before the end of <month>].
        s A <quality> {example|case|illustration} is {given|shown|worked out} {below|further down|in the next part}.
        s {In|By} <month> the {group|class|team} in <town> had {read|discussed|tried} {most|nearly all|half} of {it|the material}.
        s <person> keeps {a notebook|a diary|a folder} with {<n=12..90>|several|a few} <quality> {examples|cases|remarks}.
        s {What follows|The rest} assumes {nothing beyond|only|little more than} {patience|the earlier pages|a <quality> start}.
        s {On|One} <weekday> {morning|evening|afternoon} the {lesson|meeting|talk} {began|started} with a <quality> {question|story|remark}.
        """;
}
