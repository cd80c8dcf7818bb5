using Caudata.Extraction.Structural;

namespace Caudata.Tests.Extraction.Structural;

public sealed class ConventionsTests
{
    [Fact]
    public void A_worked_example_with_a_solution_label_is_a_pair()
    {
        var pair = Structural.Single(Structural.Html("<h2>Rates</h2><div><p><b>Example 2.</b> A newt walks 6 m in 3 s. How fast is it?</p><p><b>Solution.</b> It makes \\(6/3=2\\) m/s.</p><p>That is slow.</p></div><h2>Next</h2><p>More.</p>"));
        Assert.Equal("A newt walks 6 m in 3 s. How fast is it?", pair.Question);
        Assert.StartsWith("It makes \\(6/3=2\\) m/s.", pair.Answer, StringComparison.Ordinal);
        Assert.Equal("labelled-solution", pair.Pattern);
    }

    [Theory]
    [InlineData("Q: Where do newts sleep?\nA: Under stones.\n\nThey like it damp.\n\nQ: What do they eat?\nA: Worms.\n")]
    [InlineData("**Q:** Where do newts sleep?\n\n**A:** Under stones.\n\nThey like it damp.\n\n**Q:** What do they eat?\n\n**A:** Worms.\n")]
    [InlineData("Question 1: Where do newts sleep?\nAnswer: Under stones.\n\nThey like it damp.\n\nQuestion 2: What do they eat?\nAnswer: Worms.\n")]
    public void Question_and_answer_lines_are_pairs_in_markdown_and_in_plain_text(string text)
    {
        foreach (var reading in new[] { Structural.Markdown(text), Structural.Plain(text) })
        {
            Assert.Empty(reading.Rejections);
            Assert.Equal(["Where do newts sleep?", "What do they eat?"], reading.Pairs.Select(p => p.Question.Trim('*', ' ')));
            Assert.Contains("damp", reading.Pairs[0].Answer, StringComparison.Ordinal);
            Assert.All(reading.Pairs, p => Assert.Equal("question-answer-lines", p.Pattern));
        }
    }

    [Fact]
    public void An_answer_folded_away_behind_a_summary_belongs_to_the_numbered_question_before_it()
    {
        var pair = Structural.Single(Structural.Markdown("###### 4. What does it print?\n\n```js\nlog(1);\n```\n\n- A: nothing\n- B: `1`\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: B\n\nIt prints its argument.\n\n</p>\n</details>\n\n---\n"));
        Assert.StartsWith("What does it print?\n\n```js\nlog(1);\n```", pair.Question, StringComparison.Ordinal);
        Assert.Equal("B. `1`\n\nIt prints its argument.", pair.Answer);
        Assert.Equal("disclosure", pair.Pattern);
    }

    [Fact]
    public void A_summary_that_asks_is_the_question()
    {
        var pair = Structural.Single(Structural.Html("<details><summary>Do newts bite?</summary><p>Hardly ever.</p></details>"));
        Assert.Equal(("Do newts bite?", "Hardly ever."), (pair.Question, pair.Answer));
    }

    [Fact]
    public void A_glossary_defines_its_terms_and_a_list_of_facts_does_not()
    {
        var pair = Structural.Single(Structural.Html("<div class='glossary'><dl><dt>eft</dt><dd>a young newt that lives on land</dd></dl></div>"));
        Assert.Equal(("Define \"eft\".", "a young newt that lives on land", "definition-list"), (pair.Question, pair.Answer, pair.Pattern));
        Assert.Empty(Structural.Html("<dl><dt>Author</dt><dd>A. Newt</dd><dt>Price</dt><dd>3 euros</dd></dl>").Pairs);
    }

    [Fact]
    public void Unnamed_boxes_of_two_below_an_instruction_are_exercises()
    {
        const string Text = """
            <p>In the following exercises, add.</p>
            <div> <div><p>\(2+2\)</p></div> <div><p>4</p></div> </div>
            <div> <div><p>\(3+2\)</p></div> </div>
            <div> <div><p>\(3+5\)</p></div> <div><p>8</p></div> </div>
            """;
        var pairs = Structural.Html(Text).Pairs;
        Assert.Equal(["4", "8"], pairs.Select(p => p.Answer));
        Assert.All(pairs, p => Assert.StartsWith("In the following exercises, add.", p.Question, StringComparison.Ordinal));
        Assert.Empty(Structural.Html("<h2>Welcome</h2><div><div>Left</div><div>Right</div></div><div><div>Up</div><div>Down</div></div><div><div>In</div><div>Out</div></div>").Pairs);
    }

    [Fact]
    public void Posts_of_a_dump_are_matched_by_their_accepted_answer()
    {
        const string Text = """
            <posts>
            <row Id="1" PostTypeId="1" AcceptedAnswerId="3" Title="How long do newts live?" Body="&lt;p&gt;Mine is six years old.&lt;/p&gt;" />
            <row Id="2" PostTypeId="2" ParentId="1" Score="9" Body="&lt;p&gt;No idea.&lt;/p&gt;" />
            <row Id="3" PostTypeId="2" ParentId="1" Score="1" Body="&lt;p&gt;Up to &lt;b&gt;fifteen&lt;/b&gt; years.&lt;/p&gt;" />
            <row Id="4" PostTypeId="1" Title="Do newts sing?" Body="&lt;p&gt;I wonder.&lt;/p&gt;" />
            </posts>
            """;
        var reading = Structural.Html(Text);
        var pair = Assert.Single(reading.Pairs);
        Assert.Equal(("How long do newts live?\n\nMine is six years old.", "Up to fifteen years."), (pair.Question, pair.Answer));
        Assert.Equal(StructuralReasons.NoAnswer, Assert.Single(reading.Rejections).Reason);
    }

    [Fact]
    public void A_forum_page_gives_the_accepted_answer()
    {
        var pair = Structural.Single(Structural.Html("<div id='question' class='question'><h1>Do newts sing?</h1><p>I heard one.</p></div><div id='answers'><h2>2 Answers</h2><div class='answer'><p>Yes.</p></div><div class='answer accepted-answer'><p>No, that was a frog.</p></div></div>"));
        Assert.Equal("No, that was a frog.", pair.Answer);
    }

    [Fact]
    public void Mathematics_in_mathml_becomes_latex()
    {
        var pair = Structural.Single(Structural.Html("<exercise><problem><para>Solve <m:math><m:mfrac><m:mi>x</m:mi><m:mn>2</m:mn></m:mfrac><m:mo>=</m:mo><m:msup><m:mn>3</m:mn><m:mn>2</m:mn></m:msup></m:math> for the newt.</para></problem><solution><para><m:math><m:mi>x</m:mi><m:mo>=</m:mo><m:mn>18</m:mn></m:math></para></solution></exercise>"));
        Assert.Equal("Solve \\(\\frac{x}{2} = 3^{2}\\) for the newt.", pair.Question);
        Assert.Equal("\\(x = 18\\)", pair.Answer);
    }

    [Fact]
    public void Tables_and_code_keep_their_form()
    {
        var pair = Structural.Single(Structural.Html("<h3>What is counted?</h3><table><tr><th>Pond</th><th>Newts</th></tr><tr><td>North</td><td>4</td></tr></table><pre><code class='language-py'>def f(n):\n    return n &lt; 2\n</code></pre>"));
        Assert.Equal("| Pond | Newts |\n| --- | --- |\n| North | 4 |\n\n```py\ndef f(n):\n    return n < 2\n```", pair.Answer);
    }

    [Theory]
    [InlineData("<div class='exercise'>Count the newts of this pond.</div>", StructuralReasons.NoAnswer)]
    [InlineData("<div class='exercise'><p>Newts?!</p><div class='solution'>Seven of them.</div></div>", StructuralReasons.QuestionTooShort)]
    [InlineData("<div class='exercise'><p>Which of these animals is a newt today?</p><ol><li>Olm</li><li>Eft</li></ol><div class='solution'>D</div></div>", StructuralReasons.OptionMissing)]
    public void Seen_but_incomplete_is_rejected(string html, string reason) => Assert.Equal(reason, Structural.Rejected(Structural.Html(html)));

    [Fact]
    public void Too_long_a_question_or_answer_is_rejected()
    {
        var words = string.Concat(Enumerable.Repeat("newt pond ", 1400));
        Assert.Equal(StructuralReasons.QuestionTooLong, Structural.Rejected(Structural.Html($"<div class='exercise'><p>{words}?</p><div class='solution'>7 newts</div></div>")));
        Assert.Equal(StructuralReasons.AnswerTooLong, Structural.Rejected(Structural.Html($"<h2>What is a newt?</h2><p>{words}</p>")));
    }
}
