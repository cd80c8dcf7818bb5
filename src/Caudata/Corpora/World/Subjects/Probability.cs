namespace Caudata.Corpora.World.Subjects;

/// <summary>Urns, dice, counting and simple statistics; results are reduced fractions or whole numbers.</summary>
internal static class Probability
{
    public const string Name = "probability";

    public const string Lore = """
        = event: drawing a red ball, throwing a six, rain on <weekday>, two heads in a row, a defective part, an even sum, picking an ace, a full house, a late train, a winning ticket
        = probobject: urn, die/dice, coin, deck of cards/decks of cards, wheel of fortune/wheels of fortune, spinner, bag of counters/bags of counters, lottery drum, random number table
        = probterm: event, outcome, sample, mean, variance, median, distribution, expectation, histogram, odds/odds, experiment, tree diagram, random variable, frequency
        t {Chance and|Counting and|Introduction to} probability: <probobject.s>
        t {Probability|Statistics} {exercises|quiz|lesson} with <probobject.a>
        t {Means and medians|Tree diagrams|Combinations|Expected values}
        h {Counting|Conditional probability|Expectation|Data|Independence}
        s The {probability|chance} of an event is {the share of|found by counting} favourable {outcomes|cases}{, provided all are equally likely|}.
        s {Repeat|If you repeat} the experiment with the <probobject> <n=50..5000> times{ and note|, you can see} {how often|the frequency with which} the event {occurs|happens}.
        s {A|Each} <probterm> of <probobject.a> {can|may} be {shown|drawn} {in|as} a {table|bar chart|tree diagram}.
        s {Two|Both} events are independent {if|when} {one tells nothing|knowing one tells nothing} about the other, {as with|for example for} two throws of <probobject.a>.
        s The <probterm> {lies|falls} between 0 and 1{, never outside|; anything else is a mistake}.
        s {Drawing|Taking} without {putting back|replacement} changes the {content|state} of the <probobject>, {so|and} the second {probability|fraction} {differs|has a smaller denominator}.
        s {Large|Small} samples {give|have} {stable|unstable} <probterm.s>; {with|after} <n=5..30> {values|throws} {nothing|little} can be said.
        s The median {is not|is hardly} {moved|changed} by {one|a single} {extreme|wrong} value, {while|whereas} the mean {is|follows it}.
        q Does a coin {remember|know about} earlier throws?
        a No. {After|Even after} <n=4..12> heads in a row, the probability of heads is still one half{, because the throws are independent|}.
        q When do I {add|multiply} probabilities?
        a Add them for events that {exclude each other|cannot happen together}, multiply them for independent events that {must both happen|happen one after the other}.
        q What is the difference between mean and median?
        a The mean is the sum divided by the {number|count} of values; the median is the {middle value|value in the middle} after sorting.
        q What {is meant by|does one mean by} expected value?
        a The average result in the long run: every {outcome|value} is weighted by its probability and the products are added.
        d event :: a set of outcomes
        d sample space :: the set of all possible outcomes
        d complement :: the event that something does not happen
        d median :: the middle value of a sorted list
        d variance :: the mean of the squared {distances|deviations} from the mean
        d permutation :: an {arrangement|ordering} of all elements
        d combination :: a choice without regard to order
        """;

    public static Subject Create() => Subject.Parse(Name, 4, Lore, Urn, Dice, Combinations, Mean, Expected, Coins);

    private static Item Make(string family, string question, List<Part> answer, string result) => new() { Question = [question], Answer = answer, Family = "probability/" + family, Result = result };

    internal static (long Top, long Bottom) Reduce(long top, long bottom)
    {
        long a = top, b = bottom;
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return (top / a, bottom / a);
    }

    private static string Fraction(long top, long bottom)
    {
        (top, bottom) = Reduce(top, bottom);
        return bottom == 1 ? Pen.Number(top) : $"\\frac{{{top}}}{{{bottom}}}";
    }

    private static string Slash(long top, long bottom)
    {
        (top, bottom) = Reduce(top, bottom);
        return bottom == 1 ? Pen.Number(top) : $"{top}/{bottom}";
    }

    private static Item Urn(Pen p, int style)
    {
        int red = p.Int(2, 9), blue = p.Int(2, 9), n = red + blue;
        bool twice = p.Chance(0.5);
        string[] colours = WordList.Find("colour")!.Words;
        int first = p.Index(colours.Length);
        p.Set("a", red).Set("b", blue).Set("c", colours[first]).Set("d", colours[(first + p.Int(1, colours.Length - 1)) % colours.Length]);
        string q = twice
            ? p.SayOne("{An urn|A bag|A box} {holds|contains} <a> <c> and <b> <d> {balls|counters|marbles}. Two are {drawn|taken} without {replacement|putting the first back}. {What is the probability that both are <c>?|Find the probability of two <c> ones.}", "From <a> <c> and <b> <d> {cards|balls}, two are picked {one after the other, none put back|at once}. How likely {are two <c> ones|is it that both are <c>}?")
            : p.SayOne("{An urn|A bag|A drawer} {holds|contains} <a> <c> and <b> <d> {balls|socks|pencils}. One is {drawn|taken} at random. What is the probability that it is <c>?", "<p=person> {picks|takes} one of <a> <c> and <b> <d> {sweets|buttons} without looking. {How likely is|What is the chance of} a <c> one?");
        long top = twice ? (long)red * (red - 1) : red, bottom = twice ? (long)n * (n - 1) : n;
        p.Set("r", Fraction(top, bottom));
        var w = new Working(p, style).Step("{In all there are|Together there are}", $"«{red} + {blue} = {n}»");
        if (twice)
        {
            w.Step("For both draws the fractions multiply:", $"«\\frac{{{red}}}{{{n}}} \\cdot \\frac{{{red - 1}}}{{{n - 1}}} = {Fraction(top, bottom)}»");
        }
        else
        {
            w.Step("Favourable over possible is", $"«\\frac{{{red}}}{{{n}}} = {Fraction(top, bottom)}»");
        }

        return Make("urn", q, w.Close("The {probability|chance} is «<r>»."), Slash(top, bottom));
    }

    private static Item Dice(Pen p, int style)
    {
        int sum = p.Int(2, 12), ways = 6 - Math.Abs(7 - sum);
        p.Set("s", sum).Set("w", ways).Set("r", Fraction(ways, 36));
        string q = p.SayOne("Two {fair |}dice are {thrown|rolled}. {What is the probability of|How likely is} a sum of <s>?", "{Find the probability|What is the chance} that two dice {together show|add up to} <s>{.|?}");
        q = q.StartsWith("Find", StringComparison.Ordinal) ? q.TrimEnd('?', '.') + "." : q.TrimEnd('?', '.') + "?";
        return Make("dice", q, new Working(p, style).Step("The number of pairs is", "«6 \\cdot 6 = 36»").Step("Pairs with this sum:", $"«{ways}»").Close("So the probability is «<r>»."), Slash(ways, 36));
    }

    private static Item Combinations(Pen p, int style)
    {
        int n = p.Int(4, 12), k = p.Int(2, 4);
        long ways = 1;
        for (int i = 0; i < k; i++)
        {
            ways = ways * (n - i) / (i + 1);
        }

        p.Set("n", n).Set("k", k).Set("r", ways);
        string q = p.SayOne("In how many ways can {a committee|a team|a group} of <k> be {chosen|picked} from <n> {people|members|<profession.s>}?", "A {menu|shop|library} offers <n> {sorts of ice|books|games}, and <person> {takes|chooses} <k> different ones. How many choices are there{ if order does not matter|}?");
        return Make("combinations", q, new Working(p, style).Step("We need the binomial coefficient", $"«\\binom{{{n}}}{{{k}}} = {ways}»").Close("There are <r> {ways|choices}."), Pen.Number(ways));
    }

    private static Item Mean(Pen p, int style)
    {
        int n = p.Pick<int>([4, 5, 6, 8]);
        int[] v = new int[n];
        int sum = 0;
        for (int i = 0; i < n - 1; i++)
        {
            sum += v[i] = p.Int(2, 40);
        }

        v[n - 1] = n - (sum % n) + (n * p.Int(1, 3));
        sum += v[n - 1];
        p.Set("l", string.Join(", ", v)).Set("r", sum / n).Set("n", n);
        string q = p.SayOne("{Find|What is} the mean of {the numbers |}<l>{?|.}", "<p=person> {counted|noted|measured} <l> {<ware.s>|visitors|points} on <n> days. {What is the average?|Find the daily average.}");
        return Make("mean", q, new Working(p, style).Step("The sum is", $"«{string.Join(" + ", v)} = {sum}»").Step("{Dividing by the number of values|Division} gives", $"«{sum} \\div {n} = {sum / n}»").Close("The {mean|average} is <r>."), Pen.Number(sum / n));
    }

    private static Item Expected(Pen p, int style)
    {
        int n = p.Pick<int>([2, 4, 5, 10]), win = n * p.Int(2, 12), cost = p.Int(1, 6), gain = (win / n) - cost;
        p.Set("n", n).Set("w", win).Set("c", cost).Set("r", gain);
        string q = p.SayOne("A ticket costs $<c>; one in <n> tickets wins $<w>. {What is the expected gain per ticket?|How much does one gain per ticket on average?}", "In a game one pays $<c> and wins $<w> with probability «\\frac{1}{<n>}». {Find|Compute} the expected {gain|profit}.");
        return Make("expected", q, new Working(p, style).Step("The expected {win|payment} is", $"«{win} \\div {n} = {win / n}»", "dollars").Step("{Subtracting the price|Less the price this} gives", $"«{win / n} - {cost} = {gain}»").Close("{The expected gain is|It is} <r> dollars."), Pen.Number(gain));
    }

    private static Item Coins(Pen p, int style)
    {
        int n = p.Int(3, 7), k = p.Int(1, n - 1);
        long ways = 1;
        for (int i = 0; i < k; i++)
        {
            ways = ways * (n - i) / (i + 1);
        }

        p.Set("n", n).Set("k", k).Set("r", Fraction(ways, 1L << n));
        string q = p.SayOne("A fair coin is {tossed|thrown} <n> times. {What is the probability of exactly <k> heads?|How likely are exactly <k> heads?}", "<n> coins are {tossed|thrown} together. Find the probability that exactly <k> {show heads|land on heads}.");
        return Make("coins", q, new Working(p, style).Step("The number of favourable outcomes is", $"«\\binom{{{n}}}{{{k}}} = {ways}»").Step("The number of all outcomes is", $"«2^{n} = {1L << n}»").Close("The probability is «<r>»."), Slash(ways, 1L << n));
    }
}
