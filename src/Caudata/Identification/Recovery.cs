namespace Caudata.Identification;

/// <summary>Whether a query can be recovered from data with missing values; a closed family.</summary>
public abstract record Recovery
{
    private Recovery() { }

    /// <summary>The kind of proof in one word, as commands print it.</summary>
    public abstract string By { get; }

    /// <summary>It can be.</summary>
    /// <param name="Method">observed, complete-case, ordered-factorisation, r-factorisation, or full-law.</param>
    /// <param name="Formula">The formula over what is observed; null for <c>full-law</c>, where a theorem says that there is one.</param>
    public sealed record Possible(string Method, Formula? Formula) : Recovery
    {
        /// <inheritdoc/>
        public override string By => Method;
    }

    /// <summary>It cannot be: two models agree on everything that is observed and differ in the query.</summary>
    /// <param name="Reason">self-masking, collider-path, colluder, or hedge.</param>
    /// <param name="Witness">The edges or the path that prove it, in words.</param>
    public sealed record Impossible(string Reason, string Witness) : Recovery
    {
        /// <inheritdoc/>
        public override string By => Reason;
    }

    /// <summary>Neither was shown: no known way recovers it, and no known reason forbids it.</summary>
    /// <param name="Tried">What was tried.</param>
    public sealed record Unknown(string Tried) : Recovery
    {
        /// <inheritdoc/>
        public override string By => "unknown";
    }
}
