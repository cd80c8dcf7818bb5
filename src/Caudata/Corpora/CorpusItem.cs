using Caudata.Records;

namespace Caudata.Corpora;

/// <summary>What reading gives, in order: a document, something that was dropped, or a remark on something kept.</summary>
public abstract record CorpusItem
{
    private CorpusItem() { }

    /// <summary>A document or passage that is kept.</summary>
    /// <param name="Document">The document.</param>
    public sealed record Kept(Document Document) : CorpusItem;

    /// <summary>Something that was dropped, and why.</summary>
    /// <param name="Rejection">The reason, place and detail.</param>
    public sealed record Rejected(Rejection Rejection) : CorpusItem;

    /// <summary>Something worth knowing about a document that is kept (it follows); not a loss.</summary>
    /// <param name="Remark">Step, reason of <see cref="ReadReasons.Remarks"/>, place and detail.</param>
    public sealed record Noted(Rejection Remark) : CorpusItem;
}
