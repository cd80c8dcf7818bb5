using System.Collections.Immutable;
using Caudata.Graphs;

namespace Caudata.Identification;

/// <summary>The answer to a question about an intervention; a closed family.</summary>
/// <remarks>Every answer takes the graph for right. Those with a formula follow from the observed distribution alone; the one by an instrument needs a further assumption, which it names; the last one proves that there is no formula.</remarks>
public abstract record Answer
{
    private Answer() { }

    /// <summary>The kind in one word, as commands print it.</summary>
    public abstract string By { get; }

    /// <summary>The formula for the effect; null where the observed distribution alone does not give it.</summary>
    public virtual Formula? Formula => null;

    /// <summary>Variables that carry the answer: the set adjusted for, the front door, the instrument with its set, the hedge.</summary>
    public abstract VariableSet? Carriers { get; }

    /// <summary>The treatment does not move the outcome at all.</summary>
    /// <param name="Effect">The formula without treatment.</param>
    public sealed record Trivially(Formula Effect) : Answer
    {
        /// <inheritdoc/>
        public override string By => "trivially";

        /// <inheritdoc/>
        public override Formula Formula => Effect;

        /// <inheritdoc/>
        public override VariableSet? Carriers => null;
    }

    /// <summary>Adjusting for a set gives the effect.</summary>
    /// <param name="Set">The set; may be empty.</param>
    /// <param name="Effect">The formula.</param>
    public sealed record ByAdjustment(VariableSet Set, Formula Effect) : Answer
    {
        /// <inheritdoc/>
        public override string By => "adjustment";

        /// <inheritdoc/>
        public override Formula Formula => Effect;

        /// <inheritdoc/>
        public override VariableSet? Carriers => Set;
    }

    /// <summary>A front-door set gives the effect.</summary>
    /// <param name="Set">The set.</param>
    /// <param name="Effect">The formula.</param>
    public sealed record ByFrontDoor(VariableSet Set, Formula Effect) : Answer
    {
        /// <inheritdoc/>
        public override string By => "front-door";

        /// <inheritdoc/>
        public override Formula Formula => Effect;

        /// <inheritdoc/>
        public override VariableSet? Carriers => Set;
    }

    /// <summary>The ID algorithm gives the effect, where nothing simpler does.</summary>
    /// <param name="Effect">The formula.</param>
    public sealed record ByFormula(Formula Effect) : Answer
    {
        /// <inheritdoc/>
        public override string By => "id-formula";

        /// <inheritdoc/>
        public override Formula Formula => Effect;

        /// <inheritdoc/>
        public override VariableSet? Carriers => null;
    }

    /// <summary>The observed distribution does not give the effect, but with an instrument and a linear model it does.</summary>
    /// <param name="Instrument">The instrument.</param>
    /// <param name="Hedge">Why the assumption cannot be done without.</param>
    public sealed record ByInstrument(ConditionalInstrument Instrument, Hedge Hedge) : Answer
    {
        /// <inheritdoc/>
        public override string By => "instrument";

        /// <inheritdoc/>
        public override VariableSet? Carriers => Instrument.Given;
    }

    /// <summary>No formula gives the effect.</summary>
    /// <param name="Hedge">The proof.</param>
    public sealed record Impossible(Hedge Hedge) : Answer
    {
        /// <inheritdoc/>
        public override string By => "hedge";

        /// <inheritdoc/>
        public override VariableSet? Carriers => Hedge.Outer;
    }

    /// <summary>Selected rows cannot give the effect: the outcome itself decides which rows are seen.</summary>
    /// <param name="Path">A directed path from an outcome to a selection node.</param>
    public sealed record LostBySelection(ImmutableArray<int> Path) : Answer
    {
        /// <inheritdoc/>
        public override string By => "selection";

        /// <inheritdoc/>
        public override VariableSet? Carriers => null;
    }

    /// <summary>Neither was shown: the whole population would give the effect, but no formula was found whose factors are those of the selected rows.</summary>
    public sealed record NotShown : Answer
    {
        /// <inheritdoc/>
        public override string By => "unknown";

        /// <inheritdoc/>
        public override VariableSet? Carriers => null;
    }
}
