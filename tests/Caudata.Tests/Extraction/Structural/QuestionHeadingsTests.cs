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

    [Theory]
    [InlineData("### Q1. What is hoisting?\n\nMoving up.\n\n### Q2. Explain closures.\n\nFunctions with their variables.\n")]
    [InlineData("### Q1. Describe hoisting.\n\nMoving up.\n\n### Q2. Explain closures.\n\nFunctions with their variables.\n")]
    [InlineData("**1. What is hoisting?**\n\nMoving up.\n\n**2. Explain closures.**\n\nFunctions with their variables.\n\n**3. Why so?**\n\nFor speed.\n")]
    public void Numbered_headings_that_command_count_among_those_that_ask(string text)
    {
        string[] pairs = [.. Structural.Markdown(text).Pairs.Select(pair => $"{pair.Question} => {pair.Answer}")];
        Assert.Contains("Explain closures. => Functions with their variables.", pairs);
        Assert.True(pairs.Length >= 2);
    }

    [Theory]
    [InlineData("## 1. Describe newts.\n\nUse 300 words.\n\n## 2. Explain ponds.\n\nDraw one.\n")] // exercises without answers
    [InlineData("## 1. Install\n\nRun it.\n\n## 2. Explain plans\n\nSee the manual.\n\n## 3. Why?\n\nIt is fast.\n")]
    public void Numbered_headings_that_command_alone_are_left(string text) =>
        Assert.DoesNotContain(Structural.Markdown(text).Pairs, pair => pair.Question.Contains("xplain", StringComparison.Ordinal));
}
