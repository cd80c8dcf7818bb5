using Caudata.Corpora;
using Caudata.Extraction;
using Caudata.Extraction.Structural;

namespace Caudata.Tests.Extraction.Structural;

/// <summary>Reads a text as a document of its own.</summary>
internal static class Structural
{
    public static Reading Read(string text, DocumentFormat format, string title = "") =>
        StructuralExtractor.Read(new Document { Id = "d", Source = "test", Title = title, Format = format, Text = text });

    public static Reading Html(string text) => Read(text, DocumentFormat.Html);

    public static Reading Markdown(string text) => Read(text, DocumentFormat.Markdown);

    public static Reading Latex(string text) => Read(text, DocumentFormat.Latex);

    public static Reading Plain(string text) => Read(text, DocumentFormat.Text);

    public static CandidatePair Single(Reading reading)
    {
        Assert.Empty(reading.Rejections);
        return Assert.Single(reading.Pairs);
    }

    public static string Rejected(Reading reading)
    {
        Assert.Empty(reading.Pairs);
        return Assert.Single(reading.Rejections).Reason;
    }
}
