using System.Globalization;
using System.Text;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;

namespace Caudata.Simulation.Files;

/// <summary>Writes a world as a file; <see cref="WorldFile"/> gives an equal world back.</summary>
internal static class WorldText
{
    /// <summary>The text.</summary>
    /// <exception cref="WorldException">A mechanism holds a function of C#.</exception>
    public static string Of(World world)
    {
        MistakeList mistakes = new();
        foreach ((string what, Expression mechanism) in Mechanisms(world))
        {
            if (mechanism.All.OfType<Expression.Apply>().FirstOrDefault() is { } apply)
            {
                mistakes.Add($"The mechanism of {what} holds the function {apply.Label} of C#, which no file can say; expected expressions alone. Write it as an expression, or keep the world in C#.", default);
            }
        }

        mistakes.ThrowIfAny();
        StringBuilder text = new();
        Line(text, 0, "world", Quote(world.Name));
        if (world.About.Length > 0)
        {
            Line(text, 0, "about", Quote(world.About));
        }

        Section(text, "sources", world.Sources, source => text.Append("  - ").Append(Quote(source)).Append('\n'));
        Section(text, "entities", world.Entities, entity => Entity(text, entity));
        Section(text, "parameters", world.Parameters, parameter => Line(text, 1, parameter.Name, parameter.About.Length == 0 ? Number(parameter.Value) : $"{{ value: {Number(parameter.Value)}, about: {Quote(parameter.About)} }}"));
        Section(text, "variables", world.Variables, variable => Variable(text, variable));
        Section(text, "missing", world.Indicators, indicator => Indicator(text, indicator));
        if (world.Rounds is { } rounds)
        {
            Rounds(text, rounds);
        }

        Section(text, "do", world.Interventions, intervention => Line(text, 1, intervention.Target, intervention.Policy is { } policy ? Policy(policy) : ExpressionText.Of(intervention.Mechanism!)));
        return text.ToString();
    }

    private static IEnumerable<(string, Expression)> Mechanisms(World world) =>
        world.Variables.Select(v => (v.Name, v.Mechanism)).Concat(world.Indicators.Where(r => r.Mechanism is not null).Select(r => (r.Name, r.Mechanism!))).Concat(world.Interventions.Where(i => i.Mechanism is not null).Select(i => (i.Target, i.Mechanism!)));

    private static void Section<T>(StringBuilder text, string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        // Entities and variables must stand there, even when there are none.
        if (items.Count == 0)
        {
            text.Append(name is "entities" or "variables" ? name + ": {}\n" : "");
            return;
        }

        text.Append(name).Append(":\n");
        foreach (T item in items)
        {
            write(item);
        }
    }

    private static void Entity(StringBuilder text, WorldEntity entity)
    {
        if (entity.Table is not { } table)
        {
            Line(text, 1, entity.Name, entity.Size.ToString(CultureInfo.InvariantCulture));
            return;
        }

        string lists = string.Join(", ", table.Relations.Select(relation => $"{Quote(relation.Key)}: {relation.Value.To}"));
        Line(text, 1, entity.Name, $"{{ table: {Quote(table.Name)}{(table.IsSized ? $", size: {table.Rows}" : "")}{(lists.Length == 0 ? "" : $", lists: {{ {lists} }}")} }}");
    }

    private static void Variable(StringBuilder text, WorldVariable variable)
    {
        string label = variable.Indices.IsEmpty ? variable.Name : $"{variable.Name}[{string.Join(", ", variable.Indices)}]", mechanism = ExpressionText.Of(variable.Mechanism);
        if (!variable.IsLatent && variable.About.Length == 0)
        {
            Line(text, 1, label, mechanism);
            return;
        }

        text.Append("  ").Append(label).Append(":\n");
        Line(text, 2, "is", mechanism);
        if (variable.IsLatent)
        {
            Line(text, 2, "latent", "true");
        }

        if (variable.About.Length > 0)
        {
            Line(text, 2, "about", Quote(variable.About));
        }
    }

    private static void Indicator(StringBuilder text, WorldIndicator indicator)
    {
        if (indicator.Sample is { } sample)
        {
            Line(text, 1, indicator.Of, $"{{ sample: {{ {string.Join(", ", indicator.Indices.Zip(sample, (entity, size) => string.Create(CultureInfo.InvariantCulture, $"{entity}: {size}")))} }} }}");
            return;
        }

        text.Append("  ").Append(indicator.Of).Append(":\n");
        Line(text, 2, indicator.IsLogit ? "logistic" : "probability", ExpressionText.Of(indicator.Mechanism!));
        if (indicator.Method != RateMethod.None)
        {
            Line(text, 2, "mean", Number(indicator.Rate));
            Line(text, 2, "by", indicator.Method == RateMethod.Scale ? "scale" : "intercept");
        }

        if (indicator.PerRow)
        {
            Line(text, 2, "per", indicator.Indices[0]);
        }
    }

    private static void Rounds(StringBuilder text, WorldRounds rounds)
    {
        text.Append("rounds:\n");
        Line(text, 1, "count", rounds.Count.ToString(CultureInfo.InvariantCulture));
        Line(text, 1, "slate", rounds.Slate.ToString(CultureInfo.InvariantCulture));
        Line(text, 1, "outcome", rounds.Outcome);
        Line(text, 1, "positive", Number(rounds.Positive));
        Line(text, 1, "repeat", rounds.IsRepeatAllowed ? "true" : "false");
        Line(text, 1, "active", rounds.ActiveMechanism is { } active ? ExpressionText.Of(active) : rounds.Active);
        Line(text, 1, "context", $"[{string.Join(", ", rounds.Context)}]");
        Line(text, 1, "policy", Policy(rounds.Policy));
    }

    private static string Policy(ExposurePolicy policy) => policy switch
    {
        PopularityExposure popularity => $"{{ popularity: {{ temperature: {Number(popularity.Temperature)} }} }}",
        FactorisationExposure factors => string.Create(CultureInfo.InvariantCulture, $"{{ matrix-factorisation: {{ rank: {factors.Rank}, regularisation: {Number(factors.Regularisation)}, sweeps: {factors.Sweeps}, temperature: {Number(factors.Temperature)} }} }}"),
        ChoiceExposure choice => $"{{ choice: {{ utility: {Quote(choice.Utility)}, temperature: {Number(choice.Temperature)} }} }}",
        EpsilonExposure mixture => $"{{ epsilon: {Number(mixture.Epsilon)}, of: {Policy(mixture.Of)}, with: {Policy(mixture.With)} }}",
        _ => policy.Formula,
    };

    private static void Line(StringBuilder text, int depth, string key, string value) => text.Append(' ', 2 * depth).Append(key).Append(": ").Append(value).Append('\n');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A text in double quotes, on one line.</summary>
    private static string Quote(string value)
    {
        StringBuilder text = new("\"");
        foreach (char c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return text.Append('"').ToString();
    }
}
