using Caudata.Corpora;
using Caudata.Extraction.Structural;
using Caudata.Numerics;

namespace Caudata.Tests.Extraction.Structural;

public sealed class HostileInputTests
{
    private static readonly DocumentFormat[] Formats = [DocumentFormat.Html, DocumentFormat.Markdown, DocumentFormat.Latex, DocumentFormat.Text, DocumentFormat.Cnxml];

    [Theory]
    [InlineData("<div>")]
    [InlineData("<ul><li>")]
    [InlineData("<div class='exercise'>")]
    [InlineData("<math><mfrac>")]
    [InlineData("<table><tr><td>")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("\\begin{itemize}\\item ")]
    [InlineData("\\begin{exercise}")]
    [InlineData("{")]
    [InlineData("<nav>")]
    [InlineData("\\begin{align}")]
    [InlineData("\\(")]
    [InlineData("](")]
    [InlineData("[")]
    [InlineData("`a")]
    [InlineData("<a href=\"")]
    [InlineData("Solution:\n\n")]
    [InlineData("**Q?**\n\nQ: a?\n\n")]
    [InlineData("<h2>What is it?</h2>")]
    [InlineData("<div class='q'>Why is it so?<p>")]
    [InlineData("<div>Why is it so?</div>")]
    [InlineData("<b>Why is it so?</b> <a href='#x'>Answer</a><br>")]
    [InlineData("<ul><li class='correct'>")]
    [InlineData("<li class='correct'>a b</li><div>")]
    [InlineData("<script type='application/ld+json'>[{\"Answer\":[")]
    [InlineData("<table><tr><td>Why is it so?</td><td>")]
    [InlineData("<button>Why is it so?")]
    [InlineData("<div><div class='answer'></div>")]
    [InlineData("Q: a<br>A: b<br>")]
    [InlineData("<button aria-controls='x'>Why is it so?</button><div id='x'>")]
    [InlineData("1. a 2. b ")]
    [InlineData("Answers\n\n1. a\n")]
    [InlineData("1. What is it?\nIt is.\n\n")]
    [InlineData("Q: a? A: b ")]
    [InlineData("a?\tb\n")]
    [InlineData("| 1 | b ")]
    [InlineData("\\newtheorem{a}{Exercise}")]
    [InlineData("\\question a\\begin{parts}\\part b\\begin{solution}")]
    [InlineData("\\begin{theorem}\\end{theorem}\\begin{exercise}\\end{exercise}\\begin{proof}\\end{proof}")]
    public void Deep_or_endless_repetition_is_read_without_overflow(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000));
        foreach (var format in Formats)
        {
            var reading = Structural.Read(text, format);
            Assert.True(reading.Tokens >= 0);
        }
    }

    [Fact]
    public void A_hundred_thousand_levels_of_elements_are_no_problem()
    {
        var text = string.Concat(Enumerable.Repeat("<div>", 100_000)) + "<div class='exercise'>How many newts?<div class='solution'>Seven newts.</div></div>" + string.Concat(Enumerable.Repeat("</div>", 100_000));
        Assert.Equal("Seven newts.", Structural.Single(Structural.Html(text)).Answer);
    }

    [Fact]
    public void A_large_script_of_linked_data_is_read_and_a_deep_one_is_ignored()
    {
        var one = "{\"@type\":\"Question\",\"name\":\"Where do newts sleep?\",\"acceptedAnswer\":{\"@type\":\"Answer\",\"text\":\"Under stones.\"}}";
        var large = "<script type='application/ld+json'>[" + string.Concat(Enumerable.Repeat("{\"a\":\"" + new string('é', 1000) + "\"},", 2000)) + one + "]</script>";
        Assert.Equal("Under stones.", Structural.Single(Structural.Html(large)).Answer);
        Assert.Empty(Structural.Html("<script type='application/ld+json'>" + new string('[', 100_000) + one + "</script>").Pairs);
    }

    [Fact]
    public void Random_cuts_and_splices_of_markup_give_spans_inside_the_text_and_reasons_of_the_closed_set()
    {
        string[] pieces = ["<div class='exercise'>", "</div>", "<div class='solution'>", "What is a newt?", "Solution: ", "\n\n", "## ", "- A: ", "1. ", "**", "```\n", "$x^2$", "\\begin{exercise}", "\\end{exercise}", "\\begin{soln}", "\\end{soln}", "\\exsol{", "}", "<details><summary>", "</summary>", "</details>", "| a | b |\n|---|---|\n", "&lt;", "<!--", "-->", "<dl><dt>", "</dt><dd>", "<pre>", "</pre>", "<math><mi>x</mi>", "</math>", "<script type='application/ld+json'>{\"@type\":\"Question\",\"name\":\"Why?\",\"acceptedAnswer\":{\"text\":\"é\\u00e9\"}}", "</script>", "<button>Why is it so?</button>", "<br>", "<table><tr><td>", "<a href='#x'>Answer</a>", "<p id='x'>", "<li class='correct'>", "Q: ", "A: ", "\u00e9\ud83d\ude00", "<img alt='x'>", "<", ">", "\\", "%", "~", "<row PostTypeId=\"1\" Body=\"", "\"", "    code\n", "> "];
        for (var round = 0ul; round < 1500; round++)
        {
            var random = new RandomStream(7, "structural-fuzz", round);
            var text = new System.Text.StringBuilder();
            var length = 1 + (int)(random.NextDouble() * 40);
            for (var i = 0; i < length; i++)
            {
                text.Append(pieces[(int)(random.NextDouble() * pieces.Length)]);
            }

            var source = text.ToString();
            foreach (var format in Formats)
            {
                var reading = Structural.Read(source, format);
                Assert.All(reading.Rejections, r => Assert.Contains(r.Reason, StructuralReasons.All));
                Assert.All(reading.Pairs, p =>
                {
                    Assert.InRange(p.QuestionSpan.Start, 0, p.QuestionSpan.End);
                    Assert.InRange(p.AnswerSpan.Start, 0, p.AnswerSpan.End);
                    Assert.InRange(Math.Max(p.QuestionSpan.End, p.AnswerSpan.End), 1, source.Length);
                    Assert.NotEmpty(p.Question);
                    Assert.NotEmpty(p.Answer);
                });
            }
        }
    }
}
