using System.Collections.Immutable;
using Caudata.Corpora;
using Caudata.Extraction;
using Caudata.Extraction.Checks;
using Caudata.Numerics;

namespace Caudata.Tests.Extraction.Checks;

public sealed class PairChecksTests
{
    internal static (CandidatePair Pair, Document Document) Make(string question, string answer, string? source = null)
    {
        string text = question + "\n" + (source ?? answer);
        var document = new Document { Id = "d", Source = "s", Format = DocumentFormat.Text, Text = text };
        return (new CandidatePair(question, answer, new TextSpan(0, question.Length), new TextSpan(question.Length + 1, text.Length), "exercise-solution"), document);
    }

    private static Verdict Only(string check, string question, string answer, string? source = null, CheckOptions? options = null, LanguageProfile? language = null, ContaminationIndex? contamination = null)
    {
        (CandidatePair pair, Document document) = Make(question, answer, source);
        Verdict verdict = new PairChecks(options ?? new CheckOptions(), language, contamination).Judge(pair, document).Single(v => v.Check == check);
        Assert.Contains(verdict.Reason, Check.Reasons);
        Assert.Equal(verdict.Passed, verdict.Reason == "ok");
        Assert.Contains(verdict.Check, Check.Names);
        return verdict;
    }

    [Theory]
    [InlineData("It is 12 apples.", null, "ok")]
    [InlineData("It is 12 apples.", "<p>It&nbsp;is <b>12</b> apples.</p>", "ok")]
    [InlineData("Water is H2O.", "Water is H<sub>2</sub>O.", "ok")]
    [InlineData("The moon is made of green cheese from France.", "The river flows to the sea.", "not-in-source")]
    [InlineData("apples 12 is It", "It is 12 apples", "not-in-source")]
    public void Answers_must_stand_in_their_span_in_order(string answer, string? source, string reason) =>
        Assert.Equal(reason, Only("grounded", "How many apples?", answer, source).Reason);

    [Fact]
    public void A_span_outside_the_document_is_named()
    {
        var document = new Document { Id = "d", Source = "s", Format = DocumentFormat.Text, Text = "short" };
        var pair = new CandidatePair("How many?", "many", new TextSpan(0, 2), new TextSpan(3, 99), "q");
        Verdict verdict = Grounded.Judge(pair, document, 0.7);
        Assert.Equal(("span-outside", "The answer's span is [3, 99); the document has 5 characters."), (verdict.Reason, verdict.Detail));
    }

    [Fact]
    public void The_common_subsequence_agrees_with_the_textbook_table()
    {
        var stream = new RandomStream(3, "subsequence");
        for (int trial = 0; trial < 200; trial++)
        {
            ulong[] a = [.. Draw(ref stream, 1 + stream.NextInt32(150))], b = [.. Draw(ref stream, stream.NextInt32(200))];
            var table = new int[a.Length + 1, b.Length + 1];
            for (int i = 1; i <= a.Length; i++)
            {
                for (int j = 1; j <= b.Length; j++)
                {
                    table[i, j] = a[i - 1] == b[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
                }
            }

            // A common prefix is taken greedily, which keeps the subsequence longest.
            Assert.Equal(table[a.Length, b.Length] / (double)a.Length, Grounded.Share(a, b), 1e-12);
        }

        static ulong[] Draw(ref RandomStream stream, int count)
        {
            var words = new ulong[count];
            for (int i = 0; i < count; i++)
            {
                words[i] = (ulong)stream.NextInt32(9);
            }

            return words;
        }
    }

    [Theory]
    [InlineData("What does Figure 3.2 show about the current?", "It falls.", "needs-figure")]
    [InlineData("Find the area of the triangle shown in the figure below.", "It is 6.", "needs-figure")]
    [InlineData("Sketch the graph of the following function: f(x) = x.", "A line through the origin.", "ok")]
    [InlineData("Figure out how many eggs are left.", "Five.", "ok")]
    [InlineData("Which city in the table above is largest?", "Lyon.", "needs-table")]
    [InlineData("Which city in the table below is largest?\n| City | People |\n|---|---|\n| Lyon | 5 |", "Lyon.", "ok")]
    [InlineData("Repeat Exercise 12 with a larger radius.", "It is 9.", "needs-exercise")]
    [InlineData("Exercise 12. Add 3 and 4.", "The sum is 7.", "ok")]
    [InlineData("In Problems 1-4, find the derivative.\n\nf(x) = 3x^2", "It is 6x.", "ok")]
    [InlineData("For Exercises 2.1–2.4, find the derivative.\n\nf(x) = 3x^2", "It is 6x.", "ok")]
    [InlineData("In Exercises 1 through 4, find the derivative.\n\nf(x) = 3x^2", "It is 6x.", "ok")]
    [InlineData("In Problems 1-4, which function grows fastest?", "The last.", "needs-exercise")]
    [InlineData("In Problems 5-8, use the function of Problem 3.\n\nFind f(2).", "It is 9.", "needs-exercise")]
    [InlineData("What is the speed in part (b)?", "It is 9 m/s.", "needs-part")]
    [InlineData("(a) Find the time. (b) Find the speed in part (a).", "It is 9.", "ok")]
    [InlineData("Use Equation 4.2 to find the force.", "It is 2 N.", "needs-context")]
    [InlineData("Why is the sequence bounded?", "By Theorem 4.2 it converges, so it is bounded.", "ok")]
    [InlineData("Why is part of the answer missing?", "In part because of time, in part because of space.", "ok")]
    [InlineData("How is the vegetable table set for guests?", "With plates.", "ok")]
    [InlineData("What is a graph?", "A set of nodes and edges.", "ok")]
    [InlineData("Solve the previous problem for x = 2.", "It is 3.", "needs-exercise")]
    public void References_to_what_the_pair_lacks_are_found(string question, string answer, string reason) =>
        Assert.Equal(reason, Only("complete", question, answer).Reason);

    [Theory]
    [InlineData("", "void")]
    [InlineData("  [None] ", "void")]
    [InlineData("Answers will vary.", "void")]
    [InlineData("I'm sorry, but I cannot help with that.", "refused")]
    [InlineData("As an AI language model, I have no opinion.", "refused")]
    [InlineData("None", "ok")]
    [InlineData("No solution", "ok")]
    [InlineData("0", "ok")]
    [InlineData("Asan airport is the nearest one.", "ok")]
    [InlineData("I cannot be larger than 3, since the sum of indices i + j is 4.", "ok")]
    public void Refusals_and_voids_are_found(string answer, string reason) => Assert.Equal(reason, Only("refused", "What is it then?", answer).Reason);

    [Fact]
    public void Lengths_are_counted_in_words()
    {
        var options = new CheckOptions { QuestionMinimum = 2, QuestionMaximum = 4, AnswerMinimum = 1, AnswerMaximum = 3 };
        Assert.Equal("question-short", Only("length", "Why?", "Because.", options: options).Reason);
        Assert.Equal("question-long", Only("length", "Why is it so cold?", "Because.", options: options).Reason);
        Assert.Equal("answer-short", Only("length", "Why so?", "—", options: options).Reason);
        Assert.Equal("answer-long", Only("length", "Why so?", "one two three four", options: options).Reason);
        Assert.Equal("ok", Only("length", "なぜですか", "one two three", options: options with { QuestionMaximum = 5 }).Reason);
    }

    [Fact]
    public void The_same_pair_and_a_pair_with_one_word_changed_are_duplicates_of_the_kept_one()
    {
        var checks = new PairChecks(new CheckOptions());
        string question = "A baker makes sixty rolls in the morning and sells all but seven of them by noon on Friday.";
        string answer = "She sold fifty three rolls since sixty minus seven is fifty three, which leaves seven for the afternoon and the evening of that same day.";
        Assert.Equal("ok", Last(question, answer));
        Assert.Equal("duplicate", Last(question.ToUpperInvariant(), answer.Replace(",", " --", StringComparison.Ordinal)));
        Assert.Equal("near-duplicate", Last(question, answer.Replace("evening", "night", StringComparison.Ordinal)));
        Assert.Equal("ok", Last("A driver covers ninety miles in two hours. How fast does she go?", "Forty five miles an hour."));
        Assert.Equal(2, checks.Kept);

        string Last(string q, string a)
        {
            (CandidatePair pair, Document document) = Make(q, a);
            return checks.Judge(pair, document)[^1].Reason;
        }
    }

    [Fact]
    public void A_pair_that_failed_another_check_is_not_kept()
    {
        var checks = new PairChecks(new CheckOptions());
        (CandidatePair bad, Document of) = Make("What is it in Figure 2?", "It is a cell of an onion.");
        Assert.Contains(checks.Judge(bad, of), static v => !v.Passed);
        Assert.Equal(0, checks.Kept);
        Assert.Equal("ok", checks.Judge(bad, of)[^1].Reason);
    }

    [Fact]
    public void Test_items_are_found_by_thirteen_words_or_whole_when_short()
    {
        var index = new ContaminationIndex(
        [
            ("Tom has three boxes with eight red marbles each and gives four marbles to each of his two sisters. How many are left?", "24 - 8 = 16"),
            ("Write a function to reverse a list.", "def f(x): return x[::-1]"),
            ("Define inertia", "Resistance to change of motion."),
        ], new CheckOptions());
        Assert.Equal("test-words", Only("contaminated", "Tom HAS three boxes, with eight red marbles each -- and gives four marbles to each of his dogs. How many now?", "16", contamination: index).Reason);
        Assert.Equal("ok", Only("contaminated", "Tom has three boxes with eight red marbles each and gives two away to me. How many are left?", "22", contamination: index).Reason);
        Assert.Equal("test-whole", Only("contaminated", "Please write a function to reverse a list in Rust.", "Use rev.", contamination: index).Reason);
        Assert.Equal("test-whole", Only("contaminated", "Define: inertia!", "A body keeps its motion.", contamination: index).Reason);
        Assert.Equal("ok", Only("contaminated", "First define inertia, then define mass.", "A body keeps its motion.", contamination: index).Reason);
    }

    [Fact]
    public void Set_phrases_of_many_test_items_do_not_count()
    {
        const string Phrase = "Read the text with care and then choose the one answer that is right from the list";
        (string, string)[] items = [.. Enumerable.Range(0, 11).Select(i => ($"{Phrase}. {string.Join(' ', Enumerable.Range(0, 13).Select(k => $"w{(char)('a' + i)}{(char)('a' + k)}"))}", ""))];
        Assert.Equal("ok", Only("contaminated", Phrase + ": red, green or blue?", "Green is right.", contamination: new ContaminationIndex(items, new CheckOptions())).Reason);
        Assert.Equal("test-words", Only("contaminated", Phrase + ": red, green or blue?", "Green is right.", contamination: new ContaminationIndex(items[..10], new CheckOptions())).Reason);
    }

    [Fact]
    public void A_vector_near_a_test_item_is_found_and_a_wrong_length_is_refused()
    {
        var checks = new PairChecks(new CheckOptions(), contamination: new ContaminationIndex([("a b c", "d")], new CheckOptions(), [0.6f, 0.8f]));
        (CandidatePair pair, Document document) = Make("What colour is the sky at noon?", "It is blue.");
        Assert.Equal("test-similar", checks.Judge(pair, document, [0.6f, 0.8f]).Single(static v => v.Check == "contaminated").Reason);
        Assert.Equal("ok", checks.Judge(pair, document, [0.8f, -0.6f]).Single(static v => v.Check == "contaminated").Reason);
        Assert.Throws<ArgumentException>(() => checks.Judge(pair, document, [1f]));
    }

    [Fact]
    public void Another_language_or_script_is_told_from_the_reference()
    {
        string[] nouns = ["apples", "boxes", "tickets", "pages", "coins"], people = ["Anna", "the farmer", "a driver", "his sister"];
        LanguageProfile profile = LanguageProfile.Of([.. Enumerable.Range(0, 60).Select(i =>
            $"There are {i} {nouns[i % 5]} in the house of {people[i % 4]}, and she wants to know how many of them will be left when the others have taken what they need for the week. What should we say to her about this? If each of the {nouns[(i + 2) % 5]} costs {i + 3} dollars, the total is found by taking the product of the two numbers.")]);
        Assert.Equal("ok", Only("language", "How many of the pens are left when she has given some to her brother?", "There are twelve of them, since she had twenty and gave eight to the boy.", language: profile).Reason);
        Assert.Equal("other-language", Only("language", "Warum fließt der elektrische Strom durch einen metallischen Leiter und nicht durch Glas?", "Weil sich Elektronen zwischen den Atomrümpfen frei bewegen können, während Isolatoren keine beweglichen Ladungsträger besitzen.", language: profile).Reason);
        Assert.Equal("other-script", Only("language", "Почему электрический ток течёт по металлу?", "Потому что в металле есть свободные электроны.", language: profile).Reason);
        Assert.Equal("ok", Only("language", "3 + 4 = ?", "7", language: profile).Reason);
    }

    [Fact]
    public void Verdicts_do_not_depend_on_threads_and_awkward_input_is_harmless()
    {
        string[] texts = ["", " ", "\0\ud800", "x", new string('a', 20000), string.Concat(Enumerable.Repeat("see Figure ", 500)), "part (", "\\ref{", "table |", "Exercise", "see [link", "東京は大きい", "🙂🙂🙂"];
        (CandidatePair Pair, Document Document)[] pairs = [.. texts.SelectMany(a => texts.Select(b => Make(a, b)))];
        ImmutableArray<Verdict>[] serial = Judge(1), parallel = Judge(8);
        Assert.Equal(serial.SelectMany(static v => v), parallel.SelectMany(static v => v));

        ImmutableArray<Verdict>[] Judge(int threads)
        {
            var checks = new PairChecks(new CheckOptions(), LanguageProfile.Of(texts), new ContaminationIndex([("x", "")], new CheckOptions()));
            var looked = new Examination[pairs.Length];
            Parallel.For(0, pairs.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => looked[i] = checks.Examine(pairs[i].Pair, pairs[i].Document));
            return [.. looked.Select(checks.Decide)];
        }
    }

    [Fact]
    public void All_mistakes_in_the_options_are_named_at_once()
    {
        string message = Assert.Throws<ArgumentException>(static () => new PairChecks(new CheckOptions { Grounding = 2, ContaminationWords = 3, AnswerMaximum = 0 })).Message;
        Assert.Contains("Grounding is 2", message);
        Assert.Contains("ContaminationWords is 3", message);
        Assert.Contains("AnswerMaximum is 0", message);
    }
}
