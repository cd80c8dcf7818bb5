using System.Globalization;
using System.Text;

namespace Caudata.Tests.Extraction.Structural;

/// <summary>Exercises and keys as textbooks print them, without any markup.</summary>
public sealed class PlainTextTests
{
    private const string Choices = "Newt Test\n\n1. Where do newts live?\nA. In ponds\nB. In trees\n\n2. What do newts eat?\nA. Leaves\nB. Worms\n\n3. Which newt is a child?\nA. The eft\nB. The olm\n\n";

    private static void Check(string text, params string[] expected) =>
        Assert.Equal(expected, Structural.Plain(text).Pairs.Select(pair => $"{pair.Question} => {pair.Answer}"));

    [Theory] // a key behind its exercises; wrapped lines; labels with numbers; numbers of two parts on lines below each other
    [InlineData("CHAPTER 4. NEWTS\n\nExercises\n\n1. How many legs has a newt?\n2. Ann has 3 newts and\nfinds 2 more. How many are they?\n\nAnswers\n\n1. It has four legs.\n2. They are five newts.\n")]
    [InlineData("Review Problems for Unit 7\n\nProblem 7.1\nHow many legs has a newt?\n\nProblem 7.2\nAnn has 3 newts and finds 2 more. How many are they?\n\nSolutions to Review Problems\n\n7.1  It has four legs.\n\n7.2  They are five newts.\n")]
    [InlineData("Unit 7 Problems\n\n7.1 How many legs has a newt?\n7.2 Ann has 3 newts and finds 2 more. How many are they?\n\nSOLUTIONS\n\n7.1 It has four legs.\n7.2 They are five newts.\n")]
    [InlineData("Problem 1. How many legs has a newt?\n\nProblem 2. Ann has 3 newts and finds 2 more. How many are they?\n\nSolutions\n\nSolution to Problem 1. It has four legs.\n\nSolution to Problem 2. They are five newts.\n")]
    [InlineData("1. How many legs has a newt?\n\nAnswer: It has four legs.\n\n2. Ann has 3 newts and finds 2 more. How many are they?\n\nAnswer: They are five newts.\n")]
    [InlineData("Q. How many legs has a newt?\nA. It has four legs.\n\nQ. Ann has 3 newts and finds 2 more. How many are they?\nA. They are five newts.\n")]
    [InlineData("Q. How many legs has a newt?\nA. It has four legs.\nQ. Ann has 3 newts and finds 2 more. How many are they?\nA. They are five newts.\n")]
    [InlineData("Q) How many legs has a newt?\n\nA) It has four legs.\n\nQ) Ann has 3 newts and finds 2 more. How many are they?\n\nA) They are five newts.\n")]
    [InlineData("Q1. How many legs has a newt?\nAns. It has four legs.\n\nQ.2) Ann has 3 newts and finds 2 more. How many are they?\nAns: They are five newts.\n")]
    public void Numbers_and_labels_lead_to_the_answer(string text) =>
        Check(text, "How many legs has a newt? => It has four legs.", "Ann has 3 newts and finds 2 more. How many are they? => They are five newts.");

    [Theory] // "Q." and "A." in turn, with marks of emphasis and elements around them
    [InlineData("**Q.** How many legs has a newt?\n\n**A.** It has four legs.\n\n**Q.** Name a newt.\n\n**A.** The eft is one.\n", false)]
    [InlineData("**Q. How many legs has a newt?**\nA. It has four legs.\n\n**Q. Name a newt.**\nA. The eft is one.\n", false)]
    [InlineData("<p><b>Q.</b> How many legs has a newt?</p><p><b>A.</b> It has four legs.</p><p><b>Q.</b> Name a newt.</p><p><b>A.</b> The eft is one.</p>", true)]
    [InlineData("<div class=\"row\"><div>Q. How many legs has a newt?</div><div>A. It has four legs.</div></div><div class=\"row\"><div>Q. Name a newt.</div><div>A. The eft is one.</div></div>", true)]
    public void Q_and_A_with_points(string text, bool html) =>
        Assert.Equal(["How many legs has a newt? => It has four legs.", "Name a newt. => The eft is one."], (html ? Structural.Html(text) : Structural.Markdown(text)).Pairs.Select(pair => $"{pair.Question.Trim('*')} => {pair.Answer}"));

    [Theory] // keys in a line or a table
    [InlineData("Answers\n\n1. A  2. B  3. A\n")]
    [InlineData("ANSWER KEY\n1-a, 2-b, 3-a\n")]
    [InlineData("Answer key: 1. A  2. B  3. A\n")]
    [InlineData("Answers\n\n1) a\n2) b\n3) a\n")]
    public void Keys_in_a_line_name_the_options(string key) =>
        Assert.Equal(["A. In ponds", "B. Worms", "A. The eft"], Structural.Plain(Choices + key).Pairs.Select(pair => pair.Answer));

    [Theory]
    [InlineData("| Question | Answer |\n|---|---|\n| 1 | A |\n| 2 | B |\n| 3 | A |\n")]
    [InlineData("| 1 | 2 | 3 |\n|---|---|---|\n| A | B | A |\n")]
    public void Keys_in_a_table_name_the_options(string key) =>
        Assert.Equal(["A. In ponds", "B. Worms", "A. The eft"], Structural.Markdown("# " + Choices + "## Answers\n\n" + key).Pairs.Select(pair => pair.Answer));

    [Fact]
    public void A_key_at_the_end_of_the_book_is_matched_by_its_chapters() =>
        Check("CHAPTER 1\nNEWTS\n\nExercises\n\n1. How many legs has a newt?\n2. Name a newt.\n3. How many eyes has a newt?\n\nCHAPTER 2\nFLIES\n\nExercises\n\n1. How many legs has a fly?\n2. Name a fly.\n3. How many wings has a fly?\n\nANSWERS TO ODD-NUMBERED EXERCISES\n\nChapter 1\n\n1. It has four.\n3. It has two.\n\nChapter 2\n\n1. It has six.\n3. It has a pair.\n",
            "How many legs has a newt? => It has four.", "How many eyes has a newt? => It has two.", "How many legs has a fly? => It has six.", "How many wings has a fly? => It has a pair.");

    [Theory] // a recipe with results, a table of contents, references, clauses, rhetoric, a test, two chapters and a key that names none
    [InlineData("Soup\n\n1. Boil the water.\n2. Free the newts.\n3. Eat greens.\n\nResults\n\n1. A soup.\n2. Happy newts.\n3. Health.\n")]
    [InlineData("CONTENTS\n\n1. What are newts? ...... 3\n2. Why do they swim? ... 9\n3. Answers to exercises 90\n\nChapter 1\n\nNewts are old.\n")]
    [InlineData("References\n\n1. Brook, A. What is a newt? Ponds 12 (1999), 3-9.\n2. Reed, B. Who swims? Ponds 3 (2001), 1-2.\n3. Marsh, C. Where to? Ponds 8 (2003), 22-31.\n")]
    [InlineData("TERMS\n\n1. Names. In these terms newts are animals.\n2. Law. The law of ponds applies.\n\nANSWERS TO COMPLAINTS\n\n1. Complaints are answered within ten days.\n2. The board decides.\n")]
    [InlineData("Exam\n\n1. Where do newts sleep?\nWrite your answer here: ____\n\n2. What do newts eat?\nWrite your answer here: ____\n\n3. How old do newts grow?\nWrite your answer here: ____\n")]
    [InlineData("Chapter 1 Newts\n\nExercises\n\n1. How many legs has a newt?\n2. How many eyes?\n\nChapter 2 Flies\n\nExercises\n\n1. How many legs has a fly?\n2. How many eyes?\n\nAnswers\n\n1. It has four.\n2. It has two.\n")]
    [InlineData("1. Where do newts live?\n(A) In ponds\n(B) In trees\n\n2. What do newts eat?\n(A) Leaves\n(B) Worms\n\n3. Which newt is a child?\n(A) The eft\n(B) The olm\n")]
    [InlineData("Q. Where do newts live?\nA. In ponds\nB. In trees\n\nQ. What do newts eat?\nA. Leaves\nB. Worms\n")]
    [InlineData("Q. Where do newts live?\n\nA. In ponds\n\nB. In trees\n\nC. In towers\n")]
    [InlineData("John\nQ. Public swims.\n\nA. Reed swims too.\n")]
    public void What_only_looks_like_exercises_is_left_alone(string text) => Check(text);

    [Fact]
    public void Numbered_questions_with_their_answers_on_the_next_line() =>
        Check("1. Where do newts sleep?\nUnder damp stones.\n\n2. What do newts eat?\nMostly worms.\n\n3. How old do newts grow?\nUp to ten years.\n", "Where do newts sleep? => Under damp stones.", "What do newts eat? => Mostly worms.", "How old do newts grow? => Up to ten years.");

    [Theory]
    [InlineData("Pregunta 1: ¿Dónde duermen los tritones?\nRespuesta: Bajo las piedras.\n", "¿Dónde duermen los tritones? => Bajo las piedras.")]
    [InlineData("Exercice 1. Où dort le triton ?\n\nRéponse : Sous une pierre.\n", "Où dort le triton ? => Sous une pierre.")]
    [InlineData("Übung 3: Wo schläft der Molch?\nLösung: Unter einem Stein.\n", "Wo schläft der Molch? => Unter einem Stein.")]
    [InlineData("Zadanie 1. Gdzie śpi traszka?\nOdpowiedź: Pod kamieniem.\n", "Gdzie śpi traszka? => Pod kamieniem.")]
    [InlineData("问：蝾螈睡在哪里？\n答：睡在潮湿的石头下面。\n", "蝾螈睡在哪里？ => 睡在潮湿的石头下面。")]
    [InlineData("Exercise 4. Where do newts sleep?\nHint: It is damp.\nAnswer: Under a stone.\n", "Where do newts sleep? => Under a stone.")]
    [InlineData("Where do newts sleep?:: Under a stone.\n", "Where do newts sleep? => Under a stone.")]
    [InlineData("#+TITLE: Newts\n** Where do newts sleep?\nUnder a stone.\n", "Where do newts sleep? => Under a stone.")]
    [InlineData("== Newts ==\n\n=== Where do newts sleep? ===\nUnder a stone.\n", "Where do newts sleep? => Under a stone.")]
    public void Labels_and_headings_of_other_languages_and_markups(string text, string expected) => Check(text, expected);

    [Fact]
    public void Both_labels_on_one_line() =>
        Assert.Equal(["Under stones.", "Worms."], Structural.Markdown("**Question:** Where do newts sleep? **Answer:** Under stones.\n\nQ: What do newts eat? A: Worms.\n").Pairs.Select(pair => pair.Answer));

    [Fact]
    public void Columns_of_a_table() =>
        Assert.Equal([("Where do newts sleep?", "Under damp stones."), ("What do newts eat?", "They eat worms.")], Structural.Markdown("| # | Question | Answer |\n|---|---|---|\n| 1 | Where do newts sleep? | Under damp stones. |\n| 2 | What do newts eat? | They eat worms. |\n").Pairs.Select(pair => (pair.Question, pair.Answer)));

    [Fact]
    public void Columns_with_a_tab_between_them() =>
        Check("Where do newts sleep?\tUnder stones.\nWhat do newts eat?\tMostly worms.\nHow old do newts grow?\tTen years.\n", "Where do newts sleep? => Under stones.", "What do newts eat? => Mostly worms.", "How old do newts grow? => Ten years.");

    [Fact]
    public void Long_keys_in_one_line_are_linear()
    {
        var text = new StringBuilder("Exercises\n\n");
        for (var i = 1; i <= 20_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i}. How many legs have {i} newts?\n");
        }

        text.Append("\nAnswers\n\n");
        for (var i = 1; i <= 20_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i}. {4 * i} legs{(i % 8 == 0 ? "\n" : "   ")}");
        }

        Assert.Equal(20_000, Structural.Plain(text.ToString()).Pairs.Length);
    }
}
