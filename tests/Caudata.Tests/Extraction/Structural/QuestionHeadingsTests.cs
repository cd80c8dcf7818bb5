namespace Caudata.Tests.Extraction.Structural;

public sealed class QuestionHeadingsTests
{
    [Fact]
    public void A_heading_that_is_a_question_is_answered_by_the_text_beneath_up_to_the_next_heading()
    {
        var reading = Structural.Markdown("# Newts\n\nAbout newts.\n\n## 1. Where do newts live?\n\nIn ponds:\n\n- warm\n- cold\n\n```c\nint n;\n  n++;\n```\n\n## Care\n\nFeed them.\n");
        var pair = Structural.Single(reading);
        Assert.Equal("Where do newts live?", pair.Question);
        Assert.Equal("In ponds:\n\n- warm\n- cold\n\n```c\nint n;\n  n++;\n```", pair.Answer);
    }

    [Fact]
    public void Bold_lines_and_html_headings_count_as_well()
    {
        Assert.Equal(2, Structural.Markdown("**What is a newt?**\n\nA small salamander.\n\n**What does it eat?**\n\nWorms.\n").Pairs.Length);
        var pair = Structural.Single(Structural.Html("<div class='card'><h3>What is a newt?</h3></div><div><p>A small salamander.</p></div><h3>Other</h3>"));
        Assert.Equal("A small salamander.", pair.Answer);
    }
}
