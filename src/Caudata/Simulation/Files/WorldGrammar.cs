using System.Collections.Immutable;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Files;

/// <summary>All keys of a world file, with what stands behind them. A key that is added here is known to the reader's messages and to the schema.</summary>
internal static class WorldGrammar
{
    private const int Many = 64;

    private static readonly Shape.Text Text = new();
    private static readonly Shape.Formula Formula = new(NumberRange.Any);

    /// <summary>Fields of an entity with a table.</summary>
    public static Shape.Fields Entity { get; } = new([
        new("table", Text, "A table beside the world file (.csv, .tsv, .jsonl, .parquet), or a built-in one of a preset. Its rows are the units.") { IsRequired = true },
        new("size", new Shape.Units(), "Number of units, where another than that of the table's rows: whole rows are taken equally often, and the rest by chance."),
        new("lists", new Shape.Entries(false, Text) { IsColumn = true }, "Columns that list units of another entity, with the name of that entity: { tags: tag }."),
    ]);

    /// <summary>Fields of a parameter with words about it.</summary>
    public static Shape.Fields Parameter { get; } = new([
        new("value", new Shape.Number(), "Its value; --set changes it.") { IsRequired = true },
        new("about", Text, "What it is, in a few words."),
    ]);

    /// <summary>Fields of bernoulli.</summary>
    public static Shape.Fields Bernoulli { get; } = new([
        new("p", new Shape.Formula(NumberRange.Share), "Probability of 1, from 0 to 1."),
        new("logit", Formula, "Logit of that probability."),
        new("probit", Formula, "Probit of that probability."),
    ])
    { One = ["p", "logit", "probit"] };

    /// <summary>Fields of ordinal.</summary>
    public static Shape.Fields Ordinal { get; } = new([
        new("score", Formula, "What is cut by the thresholds.") { IsRequired = true },
        new("thresholds", new Shape.Formulas(1, Many - 1), "Rising thresholds; the value is 1 below the first.") { IsRequired = true },
        new("noise", new Shape.Choice(["none", "normal", "logistic"]), "Standard noise that is added to the score. Default: none."),
    ]);

    /// <summary>Names of mechanisms, each with its arguments.</summary>
    public static Shape.Fields Mechanism { get; } = new([
        new("is", Formula, "Any expression."),
        Draw("normal", "Normal distribution."),
        Draw("lognormal", "Log-normal distribution."),
        Draw("logistic", "Logistic distribution."),
        Draw("uniform", "Uniform distribution."),
        Draw("integer", "Whole numbers, both ends included, all equally likely."),
        Draw("poisson", "Poisson distribution."),
        Draw("beta", "Beta distribution."),
        Draw("gamma", "Gamma distribution."),
        new("bernoulli", new Shape.Either([new Shape.Formula(NumberRange.Share), Bernoulli]), "1 with a probability, else 0."),
        new("categorical", new Shape.Formulas(2, Many), "0, 1, ... with probabilities in the ratio of the weights in the list."),
        new("softmax", new Shape.Formulas(2, Many), "0, 1, ... with probabilities in the ratio of the exponentials of the scores in the list."),
        new("ordinal", Ordinal, "1, 2, ...: how many thresholds the score reaches, and one."),
        new("sample", Arguments("sample", required: 1), "1 for so many units of the last entity, drawn without replacement, else 0."),
        new("resample", Formula, "A value of a column of a table, drawn with replacement: item.price."),
        new("dot", new Shape.Formulas(2, 2), "Sum of the products of two variables over the entity that both have."),
        .. FunctionTable.Aggregates.Order(StringComparer.Ordinal).Select(name => new WorldKey(name, new Shape.Over(), $"The {name} over an entity or a relation: likes over item.tags.")),
    ]);

    /// <summary>Fields of a variable beside its mechanism.</summary>
    public static Shape.Fields Options { get; } = new([
        new("latent", new Shape.Truth(), "true when it never reaches the observed data."),
        new("about", Text, "What it is, in a few words."),
    ]);

    /// <summary>How the mean of an indicator's probability is reached.</summary>
    public static ImmutableArray<string> RateMethods { get; } = ["intercept", "scale"];

    /// <summary>Fields of a variable's missingness.</summary>
    public static Shape.Fields Missing { get; } = new([
        new("logistic", Formula, "Score: the logit of the probability that the value is seen."),
        new("probability", new Shape.Formula(NumberRange.Any), "The probability that the value is seen, cut to 0 to 1."),
        new("sample", new Shape.Entries(false, new Shape.Setting(new NumberRange(1, WorldLimits.Units))), "Units drawn at random, first of the first entity, then for each so many of the second: { user: 100, item: 10 }."),
        new("mean", new Shape.Setting(new NumberRange(0, 1, IsOpen: true)), "Mean of the probability that is asked for, between 0 and 1."),
        new("by", new Shape.Choice(RateMethods), "How the mean is reached: a constant added to the score, or a factor. Default: intercept for logistic, scale for probability."),
        new("per", Text, "The first entity, when each of its units has that mean by itself."),
    ])
    {
        One = ["logistic", "probability", "sample"],
        Beside = [("by", "mean"), ("per", "mean")],
    };

    /// <summary>Options of the popularity policy.</summary>
    public static Shape.Fields Popularity { get; } = new([Temperature("0: the largest scores are shown")]);

    /// <summary>Options of the matrix-factorisation policy.</summary>
    public static Shape.Fields Factorisation { get; } = new([
        new("rank", new Shape.Setting(new NumberRange(1, 128)), "Number of factors. Default: 8."),
        new("regularisation", new Shape.Setting(NumberRange.Positive), "Weight of the squared factors. Default: 1."),
        new("sweeps", new Shape.Setting(new NumberRange(1, 100)), "Sweeps of alternating least squares a round. Default: 3."),
        Temperature("0: the largest scores are shown"),
    ]);

    /// <summary>Options of the choice policy.</summary>
    public static Shape.Fields Chosen { get; } = new([
        new("utility", Formula, "What an item is worth to the user.") { IsRequired = true },
        Temperature("1"),
    ]);

    /// <summary>The section rounds.</summary>
    public static Shape.Fields Rounds { get; } = new([
        new("count", new Shape.Setting(new NumberRange(1, WorldRounds.MostRounds)), "Number of rounds.") { IsRequired = true },
        new("slate", new Shape.Setting(new NumberRange(1, WorldRounds.MostPositions)), "Items that a user is shown in a round, at positions from 1. Default: 1."),
        new("outcome", Text, "The variable that is seen where an item is shown, over users and items.") { IsRequired = true },
        new("positive", new Shape.Setting(NumberRange.Any), "Outcomes from here on are positive. Default: 1."),
        new("repeat", new Shape.Truth(), "Whether a user may be shown an item again. Default: true."),
        new("active", new Shape.Formula(NumberRange.Share), "Probability that a user comes in a round. Default: 1."),
        new("policy", Policy(3), "What decides who is shown what.") { IsRequired = true },
        new("context", new Shape.Texts(), "Observed variables that the log repeats."),
    ]);

    /// <summary>Fields of a mixture of two policies.</summary>
    public static ImmutableArray<string> Mixture { get; } = ["epsilon", "of", "with"];

    /// <summary>The whole file. A new section is a key here and a reader in <see cref="WorldFile"/>.</summary>
    public static Shape.Fields File { get; } = new([
        new("world", Text, "Name of the world."),
        new("about", Text, "What it is, in a sentence or two."),
        new("sources", new Shape.Texts(), "What it is taken from."),
        new("entities", new Shape.Entries(false, new Shape.Either([new Shape.Units(), Entity])), "What indexes variables: a number of units, or a table.") { IsRequired = true },
        new("parameters", new Shape.Entries(false, new Shape.Either([new Shape.Number(), Parameter])), "Named constants."),
        new("variables", new Shape.Entries(true, new Shape.Either([Formula, With(Mechanism, Options)])), "Variables with their mechanisms: NAME, NAME[entity] or NAME[entity, entity].") { IsRequired = true },
        new("missing", new Shape.Entries(false, Missing), "How observed variables go missing: each gets an indicator R_NAME."),
        new("rounds", Rounds, "Rounds in which a policy decides what users are shown, and learns from the past."),
        new("do", new Shape.Entries(false, new Shape.Either([Formula, With(Mechanism, new Shape.Fields([])), Policy(3)])), "An intervention whose potential outcomes are drawn beside the factual world: new mechanisms of variables or indicators."),
    ]);

    // Mixtures may hold mixtures, without an end for the reader; the schema follows them so deep.
    private static Shape.Either Policy(int depth) => new([
        new Shape.Choice(["random", "popularity", "matrix-factorisation"]),
        new Shape.Fields([new("random", new Shape.Fields([]), "Any item, all equally likely.")]),
        new Shape.Fields([new("popularity", Popularity, "Items with many positive outcomes in the past.")]),
        new Shape.Fields([new("matrix-factorisation", Factorisation, "Items with a large expected outcome, learnt from the past.")]),
        new Shape.Fields([new("choice", new Shape.Either([Formula, Chosen]), "The user's own choice, by a utility.")]),
        .. depth == 0 ? [] : new Shape[]
        {
            new Shape.Fields([
                new("epsilon", new Shape.Setting(NumberRange.Share), "Probability that 'with' decides, at each position.") { IsRequired = true },
                new("of", Policy(depth - 1), "The policy that decides otherwise.") { IsRequired = true },
                new("with", Policy(depth - 1), "The policy that explores. Default: random."),
            ]),
        },
    ]);

    private static WorldKey Temperature(string otherwise) => new("temperature", new Shape.Setting(NumberRange.NotNegative), $"Scores are divided by it before a softmax. Default: {otherwise}.");

    private static Shape.Fields With(Shape.Fields mechanism, Shape.Fields options) => new([.. mechanism.Keys, .. options.Keys]) { One = [.. mechanism.Names] };

    private static WorldKey Draw(string function, string about) => new(function, Arguments(function), about);

    private static Shape.Fields Arguments(string function, int required = int.MaxValue) =>
        new([.. FunctionArguments.ByFunction[function].Select((argument, i) => new WorldKey(argument.Name, new Shape.Formula(argument.Range),
            $"{char.ToUpperInvariant(argument.About[0])}{argument.About[1..]}{(argument.Range.ToString() is { Length: > 0 } range ? ", " + range : "")}.")
        { IsRequired = i < required })]);
}
