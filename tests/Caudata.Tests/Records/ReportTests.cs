using System.Text.RegularExpressions;
using System.Xml.Linq;
using Caudata.Records;
using YamlDotNet.RepresentationModel;

namespace Caudata.Tests.Records;

public sealed class ReportTests
{
    private const string Evil = "<script>alert(1)</script></pre><img src=x onerror='a'>\"&amp;\u0007\ud800";

    private static Report Sample(string text) => new(text, text,
    [
        new ReportSection.Heading(text),
        new ReportSection.Paragraph(text),
        new ReportSection.Figures([(text, text, text)]),
        new ReportSection.Table(new SummaryTable(text, text, [new(text, ColumnKind.Text), new(text, ColumnKind.Number), new("n", ColumnKind.Integer)], [[text, 0.5, 1234567L], [null, double.NaN, null]]), 1),
        new ReportSection.Graph(new Plot(text, text, text, [new Series(text, SeriesKind.Bars, [0], [1]), new Series(text, SeriesKind.Bars, [0], [2], [1.5], [2.5])]) { Categories = [text] }),
        new ReportSection.Graph(new Plot(text, text, text, [new Series(text, SeriesKind.Line, [0, 1, 2], [1, double.NaN, 3], [0, 0, 1], [2, 2, 4]), new Series(text, SeriesKind.Dots, [0], [1]), new Series(text, SeriesKind.Steps, [0, 2], [1, 2])])),
        new ReportSection.Details(text, [new ReportSection.Verbatim(text, text)]),
    ]);

    // Our HTML is XML but for the doctype and the void meta elements; so a parser can say which elements there really are.
    private static XElement Parse(string html) => XElement.Parse(Regex.Replace(html.Replace("<!doctype html>\n", "", StringComparison.Ordinal), "<meta ([^>]*)>", "<meta $1/>", RegexOptions.None, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Whatever_a_document_says_stays_text()
    {
        XElement plain = Parse(Sample(new string('x', Evil.Length)).ToHtml()), evil = Parse(Sample(Evil).ToHtml());
        Assert.Equal(plain.DescendantsAndSelf().Select(e => e.Name.LocalName), evil.DescendantsAndSelf().Select(e => e.Name.LocalName));
        Assert.Equal(plain.DescendantsAndSelf().SelectMany(e => e.Attributes()).Select(a => a.Name.LocalName), evil.DescendantsAndSelf().SelectMany(e => e.Attributes()).Select(a => a.Name.LocalName));
        Assert.Equal(Evil.Replace('\u0007', '\uFFFD').Replace('\ud800', '\uFFFD'), evil.Descendants("pre").Single().Value);
        Assert.DoesNotContain("<script", Sample(Evil).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
    {
        string html = Sample("x").ToHtml();
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(html, Sample("x").ToHtml());
    }

    [Fact]
    public void Numbers_are_grouped_and_stand_in_line()
    {
        string html = new Report("t", "", [new ReportSection.Table(new SummaryTable("t", "", [new("a", ColumnKind.Number), new("b", ColumnKind.Integer)], [[2.31, 1234567L], [2.2895, null]]))]).ToHtml();
        Assert.Contains("<td class=\"number\">2.3100</td><td class=\"number\">1,234,567</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">2.2895</td><td class=\"number\">–</td>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(-3, 1e12)]
    [InlineData(1e-9, 2e-9)]
    [InlineData(double.NaN, double.NaN)]
    public void A_plot_of_any_range_is_sound_svg(double low, double high)
    {
        string svg = new Plot("t", "x", "y", [new Series("s", SeriesKind.Line, [0, 1], [low, high])]).ToSvg();
        XElement root = XElement.Parse(svg);
        Assert.Equal("svg", root.Name.LocalName);
        Assert.InRange(root.Descendants().Count(e => e.Name.LocalName == "line"), 3, 40);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_plot_is_sound_svg() => Assert.Equal("svg", XElement.Parse(new Plot("t", "x", "y", []).ToSvg()).Name.LocalName);

    [Fact]
    public void The_card_has_front_matter_that_the_hub_reads()
    {
        DataCard card = new()
        {
            Title = "Pairs: \"word problems\"",
            Summary = "What <script> this | is.",
            TaskCategories = ["question-answering"],
            Tags = ["caudata"],
            Files = [new CardFile("default", "train.jsonl", "train", 1204), new CardFile("all", "pairs.parquet", "train", 3917)],
            Sources = [new CardSource("[evil](http://x) | book", "CC-BY-4.0", 10, 20), new CardSource("other", null, 1, 2)],
            Sections = [("How it was chosen", "By the default policy.")],
            Command = "caudata extract",
        };
        string markdown = card.ToMarkdown();
        string[] parts = markdown.Split("---\n");
        YamlStream yaml = [];
        yaml.Load(new StringReader(parts[1]));
        YamlMappingNode root = (YamlMappingNode)yaml.Documents[0].RootNode;
        Assert.Equal("other", root["license"].ToString());
        Assert.Equal("Pairs: \"word problems\"", root["pretty_name"].ToString());
        Assert.Equal("1K<n<10K", root["size_categories"][0].ToString());
        Assert.Equal("train.jsonl", root["configs"][0]["data_files"][0]["path"].ToString());
        Assert.Equal("all", root["configs"][1]["config_name"].ToString());
        Assert.Contains("\\[evil\\](http://x) \\| book", markdown, StringComparison.Ordinal);
        Assert.Contains("What &lt;script&gt; this \\| is.", markdown, StringComparison.Ordinal);
        Assert.Contains("| source | licence | documents read | pairs |\n|---|---|---|---|\n", markdown, StringComparison.Ordinal);
        Assert.Contains("license: \"CC-BY-4.0\"\n", (card with { Sources = [card.Sources[0]] }).ToMarkdown(), StringComparison.Ordinal);
        Assert.DoesNotContain("license:", (card with { Sources = [] }).ToMarkdown(), StringComparison.Ordinal);
    }
}
