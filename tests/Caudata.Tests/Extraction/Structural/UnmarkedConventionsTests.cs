using Caudata.Extraction.Structural;

namespace Caudata.Tests.Extraction.Structural;

/// <summary>Conventions that give little away: no attributes, no labels, plain text.</summary>
public sealed class UnmarkedConventionsTests
{
    private static readonly string[] Questions = ["Where do newts sleep?", "What do newts eat?", "How old do newts grow?"], Answers = ["They sleep under damp stones.", "They eat worms and flies.", "They grow up to ten years old."];

    private static void Check(Caudata.Extraction.Reading reading, string pattern)
    {
        Assert.Equal(Questions, reading.Pairs.Select(pair => pair.Question));
        Assert.Equal(Answers, reading.Pairs.Select(pair => pair.Answer));
        Assert.All(reading.Pairs, pair => Assert.Equal(pattern, pair.Pattern));
    }

    private static string Each(Func<string, string, int, string> write) => string.Concat(Questions.Select((question, i) => write(question, Answers[i], i + 1)));

    [Fact]
    public void Boxes_of_two_without_any_attribute_are_pairs_where_the_first_asks_in_three_of_them() =>
        Check(Structural.Html("<h2>Newts</h2><p>They swim.</p>" + Each((q, a, _) => $"<p>More about newts.</p><div><div><p>{q}</p></div><div><p>{a}</p></div></div>")), "boxed-exercise");

    [Fact]
    public void Layout_boxes_are_none() =>
        Assert.Empty(Structural.Html("<div><div><p>Menu</p></div><div><p>Newts swim.</p></div></div><div><div><p>Left column.</p></div><div><p>Right column.</p></div></div><div><div><p>Why us?</p></div><div><p>Because.</p></div></div>").Pairs);

    [Fact]
    public void Questions_numbered_in_bold_before_folded_answers() =>
        Check(Structural.Markdown(Each((q, a, n) => $"**{n}.** {q}\n\n<details>\n<summary>Solution</summary>\n\n{a}\n\n</details>\n\n")), "disclosure");

    [Fact]
    public void Interviews_in_html() => Check(Structural.Html("<h1>With a keeper</h1><p>We met at noon.</p>" + Each((q, a, _) => $"<p><strong>Interviewer:</strong> {q}</p><p><strong>Ada Brook:</strong> {a}</p>")), "interview");

    [Fact]
    public void Interviews_in_plain_text() => Check(Structural.Plain(Each((q, a, _) => $"INTERVIEWER: {q}\n\nADA BROOK: {a}\n\n")), "interview");

    [Fact]
    public void A_play_in_which_nobody_asks_is_no_interview() =>
        Assert.Empty(Structural.Plain("ADA: Good morning.\n\nBEN: Good morning to you.\n\nADA: It rains.\n\nBEN: It does.\n\n").Pairs);

    [Fact]
    public void Plain_questions_with_their_answers_beneath() => Check(Structural.Plain("NEWTS\n\nThey live in ponds.\n\n" + Each((q, a, _) => $"{q}\n\n{a}\n\n")), "question-paragraph");

    [Theory] // rhetoric, a dialogue, a test without answers, parts of an exercise
    [InlineData("Newts are old.\n\nWhat do newts eat?\n\nNobody knew until 1802.\n\nThen it was found.\n\nThe rest is history.\n\nIt is told elsewhere.\n\n")]
    [InlineData("\"Where do newts sleep?\"\n\nHe did not know.\n\n\"What do newts eat?\"\n\nHe shrugged.\n\n\"How old do they grow?\"\n\nHe left.\n\n")]
    [InlineData("1. Where do newts sleep?\n\n2. What do newts eat?\n\n3. How old do newts grow?\n\n4. Who is afraid of newts?\n\n")]
    [InlineData("(a) Where do newts sleep?\n\nWrite a line.\n\n(b) What do newts eat?\n\nWrite a line.\n\n(c) How old do newts grow?\n\nWrite a line.\n\n")]
    public void What_only_looks_like_them_is_left_alone(string text) => Assert.Empty(Structural.Plain(text).Pairs);

    [Fact]
    public void The_question_of_a_thread_has_its_answers_behind_a_heading_that_counts_them()
    {
        var pair = Structural.Single(Structural.Html("<div class='question'><span class='vote-count'>22</span><div><p>Where do newts sleep in winter?</p></div><p class='meta'>asked by Ben</p></div><h2>1 Answer</h2><div class='answer accepted-answer'><span class='vote-count'>7</span><div><p>They sleep under damp stones.</p></div><p class='meta'>answered by Ada</p></div>"));
        Assert.Equal(("Where do newts sleep in winter?", "They sleep under damp stones."), (pair.Question, pair.Answer));
    }

    [Theory]
    [InlineData("<h2>Glossary</h2><div><dl><strong>eft</strong> <dd>a young newt on land</dd></dl></div>", 1)]
    [InlineData("<div><dl><dt>eft</dt><dd>a young newt that lives on land</dd></dl> <dl><dt>spawn</dt><dd>the eggs of newts, frogs and fish</dd></dl> <dl><dt>pond</dt><dd>a small and still water without a current</dd></dl></div>", 3)]
    [InlineData("<div><dl><dt>Author</dt><dd>Ada Brook, who lives by a pond</dd></dl></div>", 0)]
    public void Glossaries_told_by_their_heading_or_by_lists_in_a_row(string html, int pairs) => Assert.Equal(pairs, Structural.Html(html).Pairs.Count(pair => pair.Pattern == "definition-list"));

    [Theory]
    [InlineData("eft\n: a young newt that lives on land\n\nspawn\n: the eggs of newts and frogs\n\npond\n: a small and still water\n")]
    [InlineData("eft -- a young newt that lives on land\n\nspawn -- the eggs of newts and frogs\n\npond -- a small and still water\n")]
    public void Definitions_written_in_lines(string text)
    {
        foreach (var reading in new[] { Structural.Markdown(text), Structural.Plain(text) })
        {
            Assert.Equal([("Define \"eft\".", "a young newt that lives on land"), ("Define \"spawn\".", "the eggs of newts and frogs"), ("Define \"pond\".", "a small and still water")], reading.Pairs.Select(pair => (pair.Question, pair.Answer)));
        }
    }

    [Fact]
    public void A_title_that_asks_above_a_chapter_with_headings_is_no_question() =>
        Assert.Equal(StructuralReasons.AnswerTooLong, Structural.Rejected(Structural.Html("<h1>What are newts?</h1><h2>Learning objectives</h2><p>By the end you know newts.</p><h2>Summary</h2><p>Newts are newts.</p>")));

    [Fact]
    public void An_answer_that_ends_in_a_colon_has_lost_its_picture() =>
        Assert.Equal(StructuralReasons.NeedsFigure, Structural.Rejected(Structural.Html("<div class='exercise'><p>Which shape has a newt?</p><div class='solution'><p>It has this shape:</p></div></div>")));

    [Fact]
    public void A_later_part_of_an_exercise_does_not_stand_alone() =>
        Assert.Equal(StructuralReasons.NeedsContext, Structural.Rejected(Structural.Html("<div class='exercise'><p>c. How many newts are left then?</p><div class='solution'><p>c. Seven newts.</p></div></div>")));

    [Fact]
    public void Links_behind_a_question_are_no_part_of_it()
    {
        var pair = Assert.Single(Structural.Markdown("## Problem 1\n\nReturn the largest newt of a list.\n\n### Relevant Links\n\n- [newts](n.html)\n\n## Solution\n\nSort them and take the last one.\n").Pairs);
        Assert.Equal(("Return the largest newt of a list.", "Sort them and take the last one."), (pair.Question, pair.Answer));
    }
}
