using System.Globalization;

namespace Caudata.Corpora.World.Subjects;

/// <summary>Small Python functions; every example in a text was computed here by the same rule in C#.</summary>
internal static class Programming
{
    public const string Name = "programming";

    public const string Lore = """
        = container: list, tuple, dictionary, set, string, queue, stack, generator
        = pyword: loop, function, parameter, return value, index/indices, slice, comprehension, exception, module, variable, condition, recursion, decorator, iterator, default argument, docstring
        = codejob: counts words, reads a file of readings, sorts orders, checks passwords, renames pictures, converts units, plans a timetable, cleans a list of addresses, merges two logs, draws a histogram
        = codetool: debugger, linter, test runner, interpreter, package manager, profiler, notebook, formatter
        t Python {exercises|practice|drills|katas}: {lists|strings|numbers|dictionaries|small functions}
        t {Learning|First steps in} Python: {<pyword.s> and <container.s>|writing functions|thinking in loops}
        t {Solutions to|A collection of} {short|beginner|daily} {coding tasks|programming problems}
        h {Exercises|Tasks|Practice|Coding problems|Drills}
        h {About|Using|A word on} <pyword.s>
        h {Further|More|Harder} {tasks|functions to write}
        s A <pyword> {is|becomes} {easier|clearer} when {its name says|you can say} what it {does|holds|returns}.
        s {In Python|Here}, <container.a> {keeps|holds} its {items|elements}{ in order| until they are removed|, which may be of any type}.
        s {Run|Try} the {code|function} with {an empty <container>|one element|negative numbers} before you {trust|submit} it.
        s The <codetool> {shows|tells you} {where|in which line} {an exception|the wrong value} {comes from|was raised}.
        s {Prefer|Use} a comprehension {when|if} the {body|loop} only {builds|filters} <container.a>; {otherwise|else} write a {plain|normal} loop.
        s {Indices|Positions} {start|begin} at zero, so the last item of `items` is `items[len(items) - 1]`, or {shorter|simply} `items[-1]`.
        s {Many|Most} {beginners|newcomers} {forget|leave out} the `return` statement, and the function then {gives|returns} `None`.
        s {Write|Add} {an assertion|a test|two tests} for {every|each} function; {it|that} {takes a minute|costs little} and {saves|spares} an hour.
        s A program that <codejob> {needs|has} {<n=2..6> functions|one loop and <n=2..4> conditions} at {most|least}.
        s {Changing|Modifying} <container.a> while {looping over|iterating} it {leads to|causes} {surprises|errors|skipped elements}.
        s {Strings|Tuples} cannot be changed in place; {methods|operations} {return|give} a new {value|object} instead.
        q What is the difference between a list and a tuple in Python?
        a A list can be changed after it was made, a tuple cannot. {Therefore|So} a tuple can be {a dictionary key|an element of a set}, and a list is {used|better} when items {come and go|are added}.
        q Why does {my function|the function I wrote} return `None`?
        a A function without a `return` statement {returns|gives back} `None`. {Probably|Often} the result is printed {inside|instead}; {replace|change} `print(result)` {by|to} `return result`.
        q How {can|do} I {count|find out} how often each {word|item|letter} {occurs|appears} in {a list|a string}?
        a Use a dictionary: {start with|make} `counts = {}` and for every item write `counts[item] = counts.get(item, 0) + 1`. {The class `Counter` of the module `collections` does the same.|}
        q {When should I use|What is} a set {instead of a list|good for}?
        a {Use a set when|A set is right when} only membership matters: `x in s` takes {constant|about the same} time however large the set is, {and|while} duplicates {vanish|are dropped} by themselves.
        q How do I {open|read} a text file line by line?
        a Write `with open(path) as file:` and loop with `for line in file:`. The `with` block closes the file even {when|if} an exception {is raised|occurs}.
        q {What does|Please explain} `enumerate` {do|}?
        a It {yields|gives} pairs of {index|position} and item, so `for i, x in enumerate(items)` {replaces|is shorter than} a loop over `range(len(items))`.
        d argument :: a value that is {passed|given} to a function when it is called
        d exception :: an event that {stops|interrupts} the normal flow and can be {caught|handled} with `try` and `except`
        d iterable :: anything that a `for` loop can {run through|walk over}
        d recursion :: a function that calls itself on a smaller {case|problem}
        d slice :: a part of a sequence, written with a colon, as in `items[1:4]`
        d scope :: the part of a program in which a name {is known|has its meaning}
        d mutable :: able to be changed after {creation|it was made}
        d docstring :: a string at the start of a function that {says|documents} what it does
        """;

    private static readonly Filter[] Filters =
    [
        new("even", "the even numbers", "{x} % 2 == 0", static (x, _) => Mod(x, 2) == 0),
        new("odd", "the odd numbers", "{x} % 2 == 1", static (x, _) => Mod(x, 2) == 1),
        new("positive", "the positive numbers", "{x} > 0", static (x, _) => x > 0),
        new("negative", "the negative numbers", "{x} < 0", static (x, _) => x < 0),
        new("above", "the numbers greater than {k}", "{x} > {k}", static (x, k) => x > k),
        new("below", "the numbers smaller than {k}", "{x} < {k}", static (x, k) => x < k),
        new("multiples", "the multiples of {k}", "{x} % {k} == 0", static (x, k) => Mod(x, k) == 0),
        new("indivisible", "the numbers that {k} does not divide", "{x} % {k} != 0", static (x, k) => Mod(x, k) != 0),
        new("small", "the numbers whose absolute value is at most {k}", "abs({x}) <= {k}", static (x, k) => Math.Abs(x) <= k),
        new("all", "all numbers", "", static (_, _) => true),
    ];

    private static readonly Map[] Maps =
    [
        new("", "", "{x}", static (x, _) => x),
        new("squares", "the squares of ", "{x} ** 2", static (x, _) => x * x),
        new("cubes", "the cubes of ", "{x} ** 3", static (x, _) => x * x * x),
        new("doubles", "twice the value of each of ", "2 * {x}", static (x, _) => 2 * x),
        new("absolutes", "the absolute values of ", "abs({x})", static (x, _) => Math.Abs(x)),
        new("last_digits", "the last digits of ", "abs({x}) % 10", static (x, _) => Math.Abs(x) % 10),
        new("shifted", "the values, increased by {m}, of ", "{x} + {m}", static (x, m) => x + m),
        new("scaled", "the values, multiplied by {m}, of ", "{x} * {m}", static (x, m) => x * m),
    ];

    public static Subject Create() => Subject.Parse(Name, 5, Lore, Pipeline, Pipeline, Strings, Numbers, Lists, Output);

    private static Item Pipeline(Pen p, int style)
    {
        Filter filter = p.Pick<Filter>(Filters);
        Map map = p.Pick<Map>(Maps);
        int k = p.Int(2, 9), m = p.Int(2, 12), aggregate = p.Index(6);
        string x = p.SayName("n", "x", "number", "value", "item"), list = p.SayName("numbers", "values", "items", "data", "nums");
        string verb = aggregate switch { 0 => "sum", 1 => "count", 2 => "list", 3 => "largest", 4 => "smallest", _ => "product" };
        string name = string.Join('_', new[] { verb, map.Word, filter.Word }.Where(static part => part.Length > 0));
        string what = Fill(map.Description + filter.Description, x, k, m);
        string wanted = aggregate switch
        {
            0 => "the sum of " + what,
            1 => "how many different values there are among " + what,
            2 => "a list of " + what + ", in their order",
            3 => "the largest of " + what + ", or None if there are none",
            4 => "the smallest of " + what + ", or None if there are none",
            _ => "the product of " + what + " (1 if there are none)",
        };
        string condition = Fill(filter.Code, x, k, m), value = Fill(map.Code, x, k, m);
        string inner = $"{value} for {x} in {list}" + (condition.Length > 0 ? " if " + condition : "");
        string body;
        if (aggregate is 0 or 2 or 5 && p.Chance(0.5))
        {
            string start = aggregate switch { 0 => "0", 5 => "1", _ => "[]" }, add = aggregate switch { 0 => "result += " + value, 5 => "result *= " + value, _ => $"result.append({value})" };
            body = $"    result = {start}\n    for {x} in {list}:\n" + (condition.Length > 0 ? $"        if {condition}:\n            {add}\n" : $"        {add}\n") + "    return result";
        }
        else
        {
            body = aggregate switch
            {
                0 => $"    return sum({inner})",
                1 => $"    return len({{{inner}}})",
                2 => $"    return [{inner}]",
                3 => $"    return max(({inner}), default=None)",
                4 => $"    return min(({inner}), default=None)",
                _ => $"    result = 1\n    for v in [{inner}]:\n        result *= v\n    return result",
            };
        }

        int length = p.Int(4, 7);
        long[] input = new long[length];
        for (int i = 0; i < length; i++)
        {
            input[i] = p.Int(-9, 24);
        }

        List<long> kept = [.. input.Where(v => filter.Keeps(v, k)).Select(v => map.Of(v, m))];
        string result = aggregate switch
        {
            0 => kept.Sum().ToString(CultureInfo.InvariantCulture),
            1 => kept.Distinct().Count().ToString(CultureInfo.InvariantCulture),
            2 => List(kept),
            3 => kept.Count == 0 ? "None" : kept.Max().ToString(CultureInfo.InvariantCulture),
            4 => kept.Count == 0 ? "None" : kept.Min().ToString(CultureInfo.InvariantCulture),
            _ => kept.Aggregate(System.Numerics.BigInteger.One, static (a, b) => a * b).ToString(CultureInfo.InvariantCulture),
        };
        return Make(p, style, "pipeline", name, wanted, list, "a list of integers", $"def {name}({list}):\n{body}", List([.. input]), result,
            $"The {(condition.Length > 0 ? "condition `" + condition + "` keeps " + Fill(filter.Description, x, k, m) : "loop visits every number")}" + (map.Word.Length > 0 ? $", and `{value}` changes each of them" : "") + ".");
    }

    private static Item Strings(Pen p, int style)
    {
        string s = p.SayName("text", "s", "line", "sentence"), sample = p.Say("{<ware> <weekday> <colour>|<colour> <animal> <ware>|<town> <animal> <town>|<animal> <animal>|<weekday> <month>}").ToLowerInvariant();
        int k = p.Int(2, 6), kind = p.Index(11);
        char letter = sample.First(char.IsAsciiLetter);
        string[] words = sample.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (string name, string wanted, string code, string result, string why) = kind switch
        {
            0 => ("count_vowels", "the number of vowels in it", $"    return sum(1 for c in {s}.lower() if c in \"aeiou\")", sample.Count(static c => "aeiou".Contains(c)).ToString(CultureInfo.InvariantCulture), "Each character is compared with the five vowels."),
            1 => ("reverse_words", "its words in reverse order, joined by single spaces", $"    return \" \".join(reversed({s}.split()))", Quote(string.Join(' ', words.Reverse())), "`split` cuts at blanks and `join` puts the words together again."),
            2 => ("longest_word", "the longest word in it (the first one, if several are equally long)", $"    best = \"\"\n    for word in {s}.split():\n        if len(word) > len(best):\n            best = word\n    return best", Quote(words.Aggregate("", static (a, b) => b.Length > a.Length ? b : a)), "The comparison is strict, so an equally long later word does not replace the first."),
            3 => ("remove_letter", $"the text without the letter {letter}", $"    return {s}.replace(\"{letter}\", \"\")", Quote(sample.Replace(letter.ToString(), "", StringComparison.Ordinal)), "Replacing by the empty string removes the letter everywhere."),
            4 => ("initials", "the first letters of its words as one string of capitals", $"    return \"\".join(word[0].upper() for word in {s}.split())", Quote(string.Concat(words.Select(static w => char.ToUpperInvariant(w[0])))), "`word[0]` is safe because `split` never gives empty words."),
            5 => ("long_words", $"how many of its words have more than {k} letters", $"    return len([w for w in {s}.split() if len(w) > {k}])", words.Count(w => w.Length > k).ToString(CultureInfo.InvariantCulture), $"The comprehension keeps words longer than {k}."),
            6 => ("every_second", "every second character, starting with the first", $"    return {s}[::2]", Quote(string.Concat(sample.Where(static (_, i) => i % 2 == 0))), "The third number of a slice is its step."),
            7 => ("capitalise_words", "the text with the first letter of every word in upper case", $"    return \" \".join(w[0].upper() + w[1:] for w in {s}.split())", Quote(string.Join(' ', words.Select(WordList.Capitalise))), "`w[1:]` is the rest of the word."),
            8 => ("shift_letters", $"the text with every lower-case letter moved {k} places on in the alphabet (after z comes a)", $"    result = \"\"\n    for c in {s}:\n        if \"a\" <= c <= \"z\":\n            c = chr((ord(c) - 97 + {k}) % 26 + 97)\n        result += c\n    return result", Quote(string.Concat(sample.Select(c => char.IsAsciiLetterLower(c) ? (char)(((c - 'a' + k) % 26) + 'a') : c))), "The remainder after division by 26 wraps around the alphabet."),
            9 => ("is_palindrome", "True if it reads the same backwards (ignoring blanks), otherwise False", $"    letters = {s}.replace(\" \", \"\")\n    return letters == letters[::-1]", string.Concat(words).SequenceEqual(string.Concat(words).Reverse()) ? "True" : "False", "`letters[::-1]` is the reversed string."),
            _ => ("letter_count", $"how often the letter {letter} occurs in it", $"    total = 0\n    for c in {s}:\n        if c == \"{letter}\":\n            total += 1\n    return total", sample.Count(c => c == letter).ToString(CultureInfo.InvariantCulture), "The counter grows by one for each match."),
        };
        return Make(p, style, "strings", name, wanted, s, "a string", $"def {name}({s}):\n{code}", Quote(sample), result, why);
    }

    private static Item Numbers(Pen p, int style)
    {
        int kind = p.Index(11), n = p.Int(2, 60), k = p.Int(2, 9);
        string x = p.SayName("n", "number", "value", "limit");
        (string name, string wanted, string code, string result, string why) = kind switch
        {
            0 => ("digit_sum", "the sum of its decimal digits", $"    total = 0\n    while {x} > 0:\n        total += {x} % 10\n        {x} //= 10\n    return total", DigitSum(n *= 37).ToString(CultureInfo.InvariantCulture), "`% 10` is the last digit and `// 10` removes it."),
            1 => ("is_prime", "True if it is a prime number, otherwise False", $"    if {x} < 2:\n        return False\n    d = 2\n    while d * d <= {x}:\n        if {x} % d == 0:\n            return False\n        d += 1\n    return True", Divisors(n).Count == 2 ? "True" : "False", "Divisors beyond the square root need no test."),
            2 => ("factorial", "the product of all whole numbers from 1 to it", $"    result = 1\n    for i in range(2, {x} + 1):\n        result *= i\n    return result", Enumerable.Range(1, n = p.Int(2, 12)).Aggregate(1L, static (a, b) => a * b).ToString(CultureInfo.InvariantCulture), "The range ends before its second argument, hence the plus one."),
            3 => ("divisors", "a list of all its positive divisors in ascending order", $"    return [d for d in range(1, {x} + 1) if {x} % d == 0]", List(Divisors(n)), "Every candidate is tested once."),
            4 => ("fibonacci", "the Fibonacci number with this index, where index 0 gives 0 and index 1 gives 1", $"    a, b = 0, 1\n    for _ in range({x}):\n        a, b = b, a + b\n    return a", Fibonacci(n = p.Int(3, 30)).ToString(CultureInfo.InvariantCulture), "The pair moves one place on in every round."),
            5 => ("reverse_digits", "the number with its decimal digits in reverse order", $"    return int(str({x})[::-1])", long.Parse(string.Concat((n *= 13).ToString(CultureInfo.InvariantCulture).Reverse()), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), "Turning the number into a string makes the digits easy to reverse."),
            6 => ("collatz_steps", "how many steps it takes to reach 1 when an even number is halved and an odd one is replaced by three times itself plus one", $"    steps = 0\n    while {x} != 1:\n        {x} = {x} // 2 if {x} % 2 == 0 else 3 * {x} + 1\n        steps += 1\n    return steps", Collatz(n).ToString(CultureInfo.InvariantCulture), "The loop ends because the number 1 is always reached for inputs of this size."),
            7 => ("to_binary", "its binary digits as a string", $"    digits = \"\"\n    while {x} > 0:\n        digits = str({x} % 2) + digits\n        {x} //= 2\n    return digits", Quote(Convert.ToString(n, 2)), "The remainders come out from right to left, so each is put in front."),
            8 => ("sum_of_multiples", $"the sum of all multiples of {k} that are smaller than it", $"    return sum(range({k}, {x}, {k}))", Enumerable.Range(1, Math.Max(0, n - 1)).Where(v => v % k == 0).Sum().ToString(CultureInfo.InvariantCulture), $"A range with step {k} runs through the multiples only."),
            9 => ("is_power_of_two", "True if it is a power of two, otherwise False", $"    while {x} > 1 and {x} % 2 == 0:\n        {x} //= 2\n    return {x} == 1", System.Numerics.BitOperations.IsPow2(n) ? "True" : "False", "Halving a power of two ends exactly at one."),
            _ => ("count_primes", "how many prime numbers there are up to and including it", $"    count = 0\n    for c in range(2, {x} + 1):\n        if all(c % d for d in range(2, c)):\n            count += 1\n    return count", Enumerable.Range(2, n - 1).Count(static v => Divisors(v).Count == 2).ToString(CultureInfo.InvariantCulture), "A number is prime when no smaller divisor than itself, except 1, leaves remainder 0."),
        };
        return Make(p, style, "numbers", name, wanted, x, "a positive integer", $"def {name}({x}):\n{code}", n.ToString(CultureInfo.InvariantCulture), result, why);
    }

    private static Item Lists(Pen p, int style)
    {
        int kind = p.Index(9), k = p.Int(1, 3), length = p.Int(4, 8);
        string a = p.SayName("items", "values", "seq", "numbers");
        long[] v = new long[length];
        for (int i = 0; i < length; i++)
        {
            v[i] = p.Int(1, 15);
        }

        long[] distinct = [.. v.Distinct()];
        (string name, string wanted, string code, string result, string why) = kind switch
        {
            0 => ("rotate_left", $"the list rotated to the left by {k} places", $"    return {a}[{k}:] + {a}[:{k}]", List([.. v[k..], .. v[..k]]), "Two slices are put together in the other order."),
            1 => ("unique", "the items without repetitions, each at the place where it first occurs", $"    seen = set()\n    result = []\n    for x in {a}:\n        if x not in seen:\n            seen.add(x)\n            result.append(x)\n    return result", List([.. distinct]), "The set remembers what was already taken."),
            2 => ("running_totals", "the list of its running totals", $"    total = 0\n    result = []\n    for x in {a}:\n        total += x\n        result.append(total)\n    return result", List([.. v.Select((_, i) => v[..(i + 1)].Sum())]), "Each total is the one before plus the next item."),
            3 => ("chunks", $"a list of lists that hold {k + 1} items each (the last one may be shorter)", $"    return [{a}[i:i + {k + 1}] for i in range(0, len({a}), {k + 1})]", "[" + string.Join(", ", v.Chunk(k + 1).Select(static c => List([.. c]))) + "]", "A slice beyond the end is simply shorter."),
            4 => ("second_largest", "the second largest of its different values, or None if there is only one", $"    ordered = sorted(set({a}))\n    return ordered[-2] if len(ordered) > 1 else None", distinct.Length > 1 ? distinct.Order().ElementAt(distinct.Length - 2).ToString(CultureInfo.InvariantCulture) : "None", "The set drops repeated values before sorting."),
            5 => ("differences", "the list of differences between neighbours (later minus earlier)", $"    return [{a}[i + 1] - {a}[i] for i in range(len({a}) - 1)]", List([.. v.Skip(1).Select((x, i) => x - v[i])]), "A list of n items has n - 1 pairs of neighbours."),
            6 => ("index_of_smallest", "the position of its smallest item (the first one if there are several)", $"    best = 0\n    for i in range(1, len({a})):\n        if {a}[i] < {a}[best]:\n            best = i\n    return best", Array.IndexOf(v, v.Min()).ToString(CultureInfo.InvariantCulture), "The strict comparison keeps the first of equal items."),
            7 => ("is_sorted", "True if its items never decrease, otherwise False", $"    return all(x <= y for x, y in zip({a}, {a}[1:]))", v.Zip(v.Skip(1)).All(static t => t.First <= t.Second) ? "True" : "False", "`zip` pairs every item with its successor."),
            _ => ("most_common", "the item that occurs most often (the smallest of them if there are several)", $"    counts = {{}}\n    for x in {a}:\n        counts[x] = counts.get(x, 0) + 1\n    return min(counts, key=lambda x: (-counts[x], x))", v.GroupBy(static x => x).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key).First().Key.ToString(CultureInfo.InvariantCulture), "The key sorts by falling count first and by value second."),
        };
        return Make(p, style, "lists", name, wanted, a, "a list of integers", $"def {name}({a}):\n{code}", List([.. v]), result, why);
    }

    /// <summary>What does this program print?</summary>
    private static Item Output(Pen p, int style)
    {
        int start = p.Int(0, 9), stop = p.Int(4, 9), step = p.Int(1, 4), total = start;
        string x = p.SayName("i", "k", "n", "step"), t = p.SayName("total", "acc", "s", "result");
        bool odd = p.Chance(0.5);
        var trace = new List<string>();
        for (int i = 1; i < stop; i++)
        {
            if (!odd || i % 2 == 1)
            {
                total += i * step;
                trace.Add(total.ToString(CultureInfo.InvariantCulture));
            }
        }

        string code = $"{t} = {start}\nfor {x} in range(1, {stop}):\n" + (odd ? $"    if {x} % 2 == 1:\n        {t} += {x} * {step}\n" : $"    {t} += {x} * {step}\n") + $"print({t})";
        return new Item
        {
            Question = [p.Say("What does {this|the following} {program|code|loop} print?"), new Part(PartKind.Code, code, "python")],
            Answer = [p.Set("r", total.ToString(CultureInfo.InvariantCulture)).Set("tr", string.Join(", ", trace)).Set("v", t).Say(style == 4 ? "It prints <r>." : "{The variable|After each addition} `<v>` {takes the values|is} <tr>{ in turn|}. {So the output is <r>.|It prints <r>.}")],
            Family = "programming/output",
            Result = total.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static Item Make(Pen p, int style, string family, string name, string wanted, string argument, string type, string code, string input, string result, string why)
    {
        p.Set("f", name).Set("w", wanted).Set("a", argument).Set("ty", type).Set("in", input).Set("out", result);
        string text = p.SayOne(
            "{1:Write|2:Write} a {function|Python function} `<f>(<a>)` that {takes|receives|1:is given} <ty> and returns <w>.",
            "{1:Define|Implement|2:Write} {a function named|the function|1:a function called} `<f>` {with one parameter, <ty>|1:for <ty>}. {It should return|Return} <w>.",
            "{2:Write a python function to compute <w>, given <ty>.|1:Given <ty> `<a>`, return <w>. Call the function `<f>`.|1:The function `<f>` gets <ty>. Make it return <w>.}");
        string example = p.SayOne("", " {For example|For instance}, `<f>(<in>)` {returns|gives|should return} `<out>`.", " {1:Example|2:Test}: `<f>(<in>) == <out>`.");
        List<Part> answer = [new Part(PartKind.Code, code, "python")];
        if (style is 0 or 3 && p.Style == 1)
        {
            answer.Insert(0, p.Say("{One {way|solution}|A {short|possible} {solution|version}} {is|looks like} {this|the following}:"));
        }

        if (style is 0 or 1)
        {
            answer.Add(why);
        }
        else if (style is 2 or 3)
        {
            answer.Add(p.Say("{Test|Check|A call such as}: `<f>(<in>)` {gives|returns|evaluates to} `<out>`."));
        }
        else if (style == 5 && p.Chance(0.4))
        {
            answer[0] = new Part(PartKind.Code, code + "\n\nassert " + name + "(" + input + ") == " + result, "python");
        }

        return new Item { Question = [text + example], Answer = answer, Family = "programming/" + family, Result = result };
    }

    private static string Fill(string template, string x, int k, int m) => template.Replace("{x}", x, StringComparison.Ordinal).Replace("{k}", k.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{m}", m.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static long Mod(long x, long k) => ((x % k) + k) % k; // Python's sign rule

    private static string List(List<long> values) => "[" + string.Join(", ", values) + "]";

    private static string Quote(string text) => "'" + text + "'";

    private static List<long> Divisors(int n) => [.. Enumerable.Range(1, n).Where(d => n % d == 0).Select(static d => (long)d)];

    private static int DigitSum(int n) => n.ToString(CultureInfo.InvariantCulture).Sum(static c => c - '0');

    private static long Fibonacci(int n)
    {
        (long a, long b) = (0, 1);
        for (int i = 0; i < n; i++)
        {
            (a, b) = (b, a + b);
        }

        return a;
    }

    private static int Collatz(long n)
    {
        int steps = 0;
        for (; n != 1; steps++)
        {
            n = n % 2 == 0 ? n / 2 : (3 * n) + 1;
        }

        return steps;
    }

    private sealed record Filter(string Word, string Description, string Code, Func<long, int, bool> Keeps);

    private sealed record Map(string Word, string Description, string Code, Func<long, int, long> Of);
}
