using System.Globalization;

namespace Caudata.Corpora.World.Subjects;

/// <summary>SQL on small tables that the question shows; the results were computed from the same rows.</summary>
internal static class Databases
{
    public const string Name = "databases";

    public const string Lore = """
        = dbthing: table, index/indexes, view, trigger, transaction, foreign key, primary key, query, join, schema, row, column, constraint, stored procedure, cursor, lock, log, backup
        = dbtable: orders, customers, books, flights, sensors, employees, invoices, rooms, courses, recipes, shipments, tickets
        = dbcity: Ashby, Brookfield, Dunham, Elmwell, Glenport, Harford, Kingsbridge, Langton, Northcliff, Oakridge, Redhaven, Westmere
        t SQL {exercises|drills|by example}: {grouping|filtering|joins|sorting|aggregates}
        t {Designing|Understanding|Tuning} <dbthing.s>
        t The {table|schema} of <dbtable> {explained|step by step}
        h {Queries|Indexes|Transactions|Modelling|Practice|Answers from tables}
        s {An|The} <dbthing> on `<dbtable>` {speeds up|slows down} {reading|writing}, {because|since} every change {must be|is} {checked|copied} {there|as well}.
        s {Each|Every} <dbthing> {belongs to|is part of} {exactly one|one} <dbthing>{, as the name says|}.
        s {If|When} two {users|sessions} change the same <dbthing>, {one of them waits|the later one fails|the <dbthing> decides}.
        s {Never|Do not} {build|put together} <dbthing.a> from {user input|strings}: {bind|pass} the values {as parameters|instead}.
        s {Before|After} a <dbthing> is {dropped|altered}, {make|check} a {copy|backup} of `<dbtable>`.
        s `NULL` {is not equal to anything|means unknown}, {so|therefore} `WHERE city = NULL` {finds|returns} no <dbthing>.
        s The {planner|optimiser} {reads|uses} statistics {of|about} `<dbtable>` and {chooses|picks} {a <dbthing>|the cheapest plan} {in about <n=1..30> milliseconds|}.
        s A schema with <n=3..40> {tables|views} {is|may be} {small|hard to survey}; {draw|sketch} {it|the <dbthing.s>} {first|once}.
        q What is the difference between `WHERE` and `HAVING`?
        a `WHERE` filters rows before they are grouped, `HAVING` filters the groups {afterwards|after aggregation}.
        q When {does|should} {one|I} {add|create} an index?
        a {When|If} a column is often {searched|filtered|joined} and the table is {large|not tiny}. {Every|Each} index {costs|takes} {space and time|time} when rows are {inserted|changed}.
        q What {is|does one mean by} a transaction?
        a {A group|Several} statements that {take effect|are carried out} together or not at all{, isolated from other users|}.
        q {What does|How does} a left join {do|differ from an inner join}?
        a It {keeps|returns} all rows of the left table; where the right one has no {match|partner}, its columns are `NULL`.
        d primary key :: {a column|columns} whose value identifies a row
        d foreign key :: a column that {points to|refers to} the primary key of another table
        d normalisation :: splitting tables so that every fact is stored once
        d view :: a stored query that can be used like a table
        d deadlock :: two transactions that wait for each other
        d index :: a sorted structure that finds rows without reading the whole table
        d rollback :: undoing all changes of a transaction
        """;

    public static Subject Create() => Subject.Parse(Name, 4, Lore, Query);

    private static Item Query(Pen p, int style)
    {
        string table = p.Fragment(Phrase.Of("<t=dbtable>")), number = p.SayName("price", "amount", "quantity", "score", "weight");
        int n = p.Int(4, 7), kind = p.Index(6), limit = p.Multiple(20, 70, 5);
        string[] cities = WordList.Find("dbcity")!.Words, names = WordList.Find("person")!.Words;
        string[] pool = [cities[p.Index(4)], cities[4 + p.Index(4)], cities[8 + p.Index(4)]];
        (int Id, string Name, string City, int Value)[] rows = new (int, string, string, int)[n];
        for (int i = 0; i < n; i++)
        {
            rows[i] = (i + 1, names[p.Index(names.Length)], pool[p.Index(3)], p.Int(5, 95));
        }

        string city = rows[p.Index(n)].City;
        var ordered = rows.OrderByDescending(static r => r.Value).ThenBy(static r => r.Id).ToArray();
        p.Set("num", number).Set("lim", limit).Set("city", city);
        (string ask, string sql, string result) = kind switch
        {
            0 => (p.SayOne("{how many|the number of} rows with a <num> above <lim>", "how many rows have a <num> greater than <lim>"), $"SELECT COUNT(*)\nFROM {table}\nWHERE {number} > {limit};", Text(rows.Count(r => r.Value > limit))),
            1 => (p.SayOne("the {sum|total} of <num> for <city>", "the total <num> of all rows from <city>"), $"SELECT SUM({number})\nFROM {table}\nWHERE city = '{city}';", Text(rows.Where(r => r.City == city).Sum(static r => r.Value))),
            2 => (p.SayOne("the name with the {largest|highest} <num> (the smallest id if there are several)", "whose <num> is the {highest|largest} (smallest id first if equal)"), $"SELECT name\nFROM {table}\nORDER BY {number} DESC, id\nLIMIT 1;", ordered[0].Name),
            3 => (p.SayOne("for each city the number of rows, ordered by city", "how many rows each city has, in order of the city"), $"SELECT city, COUNT(*) AS n\nFROM {table}\nGROUP BY city\nORDER BY city;", string.Join("; ", rows.GroupBy(static r => r.City).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => $"{g.Key} {g.Count()}"))),
            4 => (p.SayOne("the ids of the three rows with the smallest <num>", "the three smallest <num> rows, by id"), $"SELECT id\nFROM {table}\nORDER BY {number}, id\nLIMIT 3;", string.Join(", ", rows.OrderBy(static r => r.Value).ThenBy(static r => r.Id).Take(3).Select(static r => r.Id))),
            _ => (p.SayOne("the largest <num> of each city, ordered by city", "for every city its highest <num>, in order of the city"), $"SELECT city, MAX({number}) AS top\nFROM {table}\nGROUP BY city\nORDER BY city;", string.Join("; ", rows.GroupBy(static r => r.City).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => $"{g.Key} {g.Max(static r => r.Value)}"))),
        };
        p.Set("ask", ask).Set("t", table).Set("r", result);
        var answer = new List<Part> { new(PartKind.Code, sql, "sql") };
        answer.Insert(style is 0 or 3 ? 1 : 0, p.SayOne("{For the rows shown|On this table} it {returns|gives}: <r>.", "{The result is|Result:} <r>."));
        if (style == 4)
        {
            answer.RemoveAt(0);
        }

        return new Item
        {
            Question = [p.SayOne("{Write a query that {finds|returns|shows}|Which query {finds|returns}} <ask> of the table `<t>`, and what is its result?", "The table `<t>` holds the rows below. {Write SQL for|Query} this: <ask>. {Give the result, too.|What comes out?}"), new Part(PartKind.Table, $"id\tname\tcity\t{number}\n" + string.Join('\n', rows.Select(static r => $"{r.Id}\t{r.Name}\t{r.City}\t{r.Value}")))],
            Answer = answer,
            Family = "databases/query-" + kind.ToString(CultureInfo.InvariantCulture),
            Result = result,
        };
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
