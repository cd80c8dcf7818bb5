namespace Caudata.Corpora;

/// <summary>The markup that a document's text is written in.</summary>
public enum DocumentFormat
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>HTML, also fragments and tag soup.</summary>
    Html,

    /// <summary>Markdown (CommonMark and the usual extensions; may hold HTML).</summary>
    Markdown,

    /// <summary>LaTeX source.</summary>
    Latex,

    /// <summary>CNXML or PreTeXt: XML for textbooks.</summary>
    Cnxml,
}
