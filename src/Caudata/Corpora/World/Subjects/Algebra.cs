namespace Caudata.Corpora.World.Subjects;

/// <summary>Equations, systems, quadratics and sequences with whole-number solutions.</summary>
internal static class Algebra
{
    public const string Name = "algebra";

    public const string Lore = """
        = algobject: equation, inequality, polynomial, expression, function, sequence, system, root, coefficient, variable, exponent, fraction, identity, factor, term, matrix/matrices
        = algverb: substitute, expand, factor, simplify, rearrange, isolate the variable, collect like terms, cancel, complete the square, eliminate one unknown, compare coefficients, multiply out
        t Solving <algobject.s>[ with <algobject.s>]
        t {Linear|Quadratic} equations: {examples and exercises|methods|review}
        t Algebra {worksheet|notes|drill} <n=1..60>: <algobject.s>
        h {Linear equations|Quadratics|Sequences|Systems|Polynomials}
        h {Why this works|The method|A second way|Common mistakes}
        s {To|In order to} solve <algobject.a>, {first|begin to} <algverb>{ and then <algverb>|}.
        s {Every|Any} <algobject> that {appears|stands} on both sides {may|can} be {subtracted|moved} {at once|without changing the solutions}.
        s {Multiplying|Dividing} both sides by {a number other than zero|the same non-zero number} {keeps|does not change} the {set of solutions|roots}.
        s {Note|Recall} that «(a + b)^2 = a^2 + 2ab + b^2», {which|and this} {is often forgotten|explains the middle term} when we <algverb>.
        s The {sum|product} of the roots of «x^2 + px + q = 0» is {easy to read off|known from the coefficients}; {see|compare} the <algobject.s> {above|below}.
        s {A|Each} <algobject> of degree <n=2..6> has at most <n> {real roots|zeros}.
        s If we <algverb>, the <algobject> {becomes|turns into} <algobject.a> that {is|looks} {simpler|familiar}[ and has the same <algobject.s>].
        s {Signs|Brackets} are {the usual|a common} source of {mistakes|errors}: {check|test} by putting the {value|result} {into|back into} the {first|original} <algobject>.
        s {Letters|Symbols} such as «x» and «k» {stand for|name} numbers that {we do not know yet|may vary}.
        q Why may I not divide by zero {when solving|in} an equation?
        a {Because|Since} «0 \cdot x = 0» for every «x», dividing by zero would {make different numbers equal|lose the difference between all numbers}. {First|Always} check {whether|that} the divisor {can be|is not} zero.
        q What does it mean that <algobject.a> has no solution?
        a No number {satisfies|fits} it: {after|when} simplifying{,| you see that} a false statement such as «0 = <n=2..9>» {is left|remains}.
        q How do I know which method to {use|choose} for a quadratic equation?
        a {Try|Look for} whole-number factors first. {If|When} {none are found|that fails}, use the formula or complete the square; both always work.
        q What is the difference between an expression and an equation?
        a An equation {says|states} that two expressions are equal and can be {true or false|solved}; an expression alone {only has a value|says nothing}.
        d coefficient :: the number {in front of|that multiplies} a variable
        d polynomial :: a sum of powers of a variable, each with a coefficient
        d root :: a value of the variable for which the {expression|polynomial} is zero
        d identity :: an equation that holds for all values of its variables
        d degree :: the largest exponent of a polynomial
        d discriminant :: the number «b^2 - 4ac», whose sign {tells|shows} how many real roots there are
        d arithmetic sequence :: a sequence in which neighbours have a constant difference
        """;

    public static Subject Create() => Subject.Parse(Name, 5, Lore, Linear, System2, Quadratic, Sequence, Value, Expand);

    private static string Signed(int value) => value < 0 ? "- " + -value : "+ " + value;

    private static string Times(int value) => value == 1 ? "" : value == -1 ? "-" : value.ToString(global::System.Globalization.CultureInfo.InvariantCulture);

    private static Item Make(string family, string question, List<Part> answer, string result) => new() { Question = [question], Answer = answer, Family = "algebra/" + family, Result = result };

    private static Item Linear(Pen p, int style)
    {
        int c = p.Int(1, 6), a = c + p.Int(1, 8), x = p.Int(-12, 12), b = p.Int(-20, 20), d = ((a - c) * x) + b;
        string v = p.SayName("x", "y", "t", "n");
        p.Set("eq", $"{Times(a)}{v} {Signed(b)} = {Times(c)}{v} {Signed(d)}").Set("v", v).Set("r", x);
        string q = p.SayOne("{Solve|Find the solution of} the equation «<eq>»{ for «<v>»|}.", "{For which|What} value of «<v>» {satisfies|does} «<eq>»{ hold|}?", "{Determine|Compute|Work out} «<v>» if «<eq>».").Replace("What value of «" + v + "» does «", "For which value of «" + v + "» does «", StringComparison.Ordinal);
        var w = new Working(p, style).Step("{Subtracting|Taking away} the smaller multiple of the unknown gives", $"«{Times(a - c)}{v} {Signed(b)} = {d}»").Step("{Moving the number|Bringing the constant to the right} gives", $"«{Times(a - c)}{v} = {d - b}»").Step("{Division|Dividing} gives", $"«{v} = {x}»");
        return Make("linear", q, w.Close("{So|Hence|Therefore} «<v> = <r>»."), Pen.Number(x));
    }

    private static Item System2(Pen p, int style)
    {
        int x = p.Int(-9, 9), y = p.Int(-9, 9), a = p.Int(1, 5), b = p.Int(1, 5);
        p.Set("e1", $"{Times(a)}x + {Times(b)}y = {(a * x) + (b * y)}").Set("e2", $"x - y = {x - y}").Set("x", x).Set("y", y);
        string q = p.SayOne("{Solve|Find «x» and «y» from} the system «<e1>», «<e2>».", "Two numbers {satisfy|fulfil} «<e1>» and «<e2>». {Find them|What are they|Determine both}.");
        var w = new Working(p, style).Step("The second equation gives", $"«x = y {Signed(x - y)}»").Step("{Putting this into the first|Substitution} gives", $"«{a + b}y {Signed(a * (x - y))} = {(a * x) + (b * y)}»").Step("{Hence|This means}", $"«y = {y}»");
        return Make("system", q, w.Close("{The solution is|So we have} «x = <x>» and «y = <y>»."), $"{x}, {y}");
    }

    private static Item Quadratic(Pen p, int style)
    {
        int r = p.Int(-9, 9), s = p.Int(-9, 9), b = -(r + s), c = r * s;
        string equation = "x^2" + (b == 0 ? "" : b > 0 ? $" + {Times(b)}x" : $" - {Times(-b)}x") + (c == 0 ? "" : " " + Signed(c)) + " = 0";
        p.Set("eq", equation).Set("r", Math.Min(r, s)).Set("s", Math.Max(r, s)).Set("f", $"(x {Signed(-r)})(x {Signed(-s)}) = 0");
        string q = p.SayOne("{Solve|Find all real solutions of} «<eq>».", "{What are the roots of|For which numbers «x» does one have} «<eq>»?", "Find the {zeros|roots} of the quadratic «<eq>»{ by factoring|}.");
        var w = new Working(p, style).Step("{Factoring|The left side factors, which} gives", "«" + p.Get("f") + "»");
        return Make("quadratic", q, w.Close(r == s ? "The only {solution|root} is «x = <r>»." : "The {solutions|roots} are «x = <r>» and «x = <s>»."), r == s ? Pen.Number(r) : $"{Math.Min(r, s)}, {Math.Max(r, s)}");
    }

    private static Item Sequence(Pen p, int style)
    {
        int a = p.Int(-10, 20), d = p.Int(2, 12), n = p.Int(8, 40), last = a + ((n - 1) * d);
        bool sum = p.Chance(0.4);
        int total = n * (a + last) / 2;
        p.Set("a", a).Set("b", a + d).Set("c", a + (2 * d)).Set("n", n).Set("r", sum ? total : last).Set("d", d);
        string q = sum ? p.Say("{Add|Find the sum of} the first <n> terms of the arithmetic sequence «<a>, <b>, <c>, ...».") : p.SayOne("An arithmetic sequence {begins with|starts} «<a>, <b>, <c>». {Find|What is} term number <n>{.|?}", "{Find|Determine} the <n>th term of «<a>, <b>, <c>, ...», where the difference is constant.");
        var w = new Working(p, style).Step("The difference is", $"«{a + d} - ({a}) = {d}»").Step("Term number <n> is", $"«{a} + {n - 1} \\cdot {d} = {last}»");
        if (sum)
        {
            w.Step("The sum is the number of terms times the mean of first and last,", $"«{n} \\cdot \\frac{{{a} + {last}}}{{2}} = {total}»");
        }

        return Make("sequence", q, w.Close("{The answer is|It is|We get} «<r>»."), Pen.Number(sum ? total : last));
    }

    private static Item Value(Pen p, int style)
    {
        int a = p.Int(1, 6), b = p.Int(-9, 9), c = p.Int(-9, 9), x = p.Int(-5, 6), r = (a * x * x) + (b * x) + c;
        p.Set("f", $"{Times(a)}x^2 {(b < 0 ? "-" : "+")} {Math.Abs(b)}x {Signed(c)}").Set("x", x).Set("r", r);
        string q = p.SayOne("{Let|Given} «f(x) = <f>». {Find|Compute|Evaluate} «f(<x>)».", "What is the value of «<f>» {for|when|at} «x = <x>»?");
        var w = new Working(p, style).Step("The square is", $"«({x})^2 = {x * x}»").Step("{Putting everything together|Adding the terms} gives", $"«{a} \\cdot {x * x} {Signed(b * x)} {Signed(c)} = {r}»");
        return Make("value", q, w.Close("{The value is|Result:|We find} «<r>»."), Pen.Number(r));
    }

    private static Item Expand(Pen p, int style)
    {
        int a = p.Int(1, 6), b = p.Int(-9, 9), c = p.Int(1, 6), d = p.Int(-9, 9), middle = (a * d) + (b * c);
        string result = $"{Times(a * c)}x^2 " + (middle == 0 ? "" : (middle < 0 ? "- " : "+ ") + Times(Math.Abs(middle)) + "x ") + Signed(b * d);
        p.Set("e", $"({Times(a)}x {Signed(b)})({Times(c)}x {Signed(d)})").Set("r", result);
        string q = p.SayOne("{Expand|Multiply out|Write as a polynomial}: «<e>».", "{Expand and simplify|Remove the brackets in} «<e>».");
        var w = new Working(p, style).Step("The four products are", $"«{a * c}x^2», «{a * d}x», «{b * c}x» and «{b * d}»");
        return Make("expand", q, w.Close("{Collecting like terms gives|The result is} «<r>»."), result);
    }
}
