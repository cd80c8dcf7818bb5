using System.Globalization;
using Caudata.Simulation.Expressions;
using Caudata.Simulation.Feedback;
using Caudata.Simulation.Files;

namespace Caudata.Simulation.Building;

/// <summary>Declares a world in C#: what a world file says, with the compiler's help for names. See <see cref="World.Build"/>.</summary>
public sealed class WorldBuilder
{
    private readonly WorldDeclaration _world;
    private readonly List<EntityDeclaration> _entities = [];
    private readonly IWorldTables? _tables;
    private readonly MistakeList _mistakes;

    internal WorldBuilder(string name, IWorldTables? tables, MistakeList mistakes)
    {
        _world = new WorldDeclaration { Name = name };
        (_tables, _mistakes) = (tables, mistakes);
    }

    /// <summary>Says what the world is, in a sentence or two.</summary>
    /// <param name="text">The text.</param>
    public void About(string text) => _world.About = text;

    /// <summary>Adds what the world is taken from.</summary>
    /// <param name="text">The text.</param>
    public void Source(string text) => _world.Sources.Add(text);

    /// <summary>Declares an entity that is only counted.</summary>
    /// <param name="name">Its name, in the singular.</param>
    /// <param name="size">Number of its units, from 1 to <see cref="WorldLimits.Units"/>.</param>
    public Entity Entity(string name, int size)
    {
        _entities.Add(new EntityDeclaration(name, size, null, [], At("entity", name)));
        return new Entity(name);
    }

    /// <summary>Declares an entity with a table, one row a unit.</summary>
    /// <param name="name">Its name, in the singular.</param>
    /// <param name="table">Name of the table.</param>
    /// <param name="lists">Columns that list units of other entities, with the names of these: <c>("tags", "tag")</c>.</param>
    public Entity Entity(string name, string table, params ReadOnlySpan<(string Column, string Entity)> lists)
    {
        WorldPlace place = At("entity", name);
        (string, string, WorldPlace)[] placed = [.. lists.ToArray().Select(list => (list.Column, list.Entity, place))];
        _entities.Add(new EntityDeclaration(name, EntityDeclaration.CountRows(table, _tables, place, _mistakes) ?? 1, _tables is null ? null : table, placed, place));
        return new Entity(name);
    }

    /// <summary>Declares a named constant.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="about">What it is.</param>
    public Quantity Parameter(string name, double value, string about = "")
    {
        WorldPlace place = At("parameter", name);
        if (!double.IsFinite(value))
        {
            _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"The value is {value}; expected a finite number."), place);
        }

        _world.Parameters.Add(new WorldParameter(name, value, about));
        return new Quantity(new Expression.Name(name, default));
    }

    /// <summary>Declares a variable; parents may be declared before or after it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="indices">The entities that index it.</param>
    /// <param name="mechanism">How it comes about.</param>
    /// <param name="latent">True when it never reaches the observed data.</param>
    /// <param name="about">What it is.</param>
    /// <returns>The variable, for the mechanisms of others.</returns>
    public Quantity Variable(string name, ReadOnlySpan<Entity> indices, Quantity mechanism, bool latent = false, string about = "")
    {
        WorldPlace place = At("variable", name);
        Expression? expression = Checked(mechanism, place);
        _world.Variables.Add(new WorldVariable
        {
            Name = name,
            Indices = [.. indices.ToArray().Select(entity => entity.Name)],
            IsLatent = latent,
            About = about,
            Formula = expression is null ? "" : ExpressionText.Of(expression),
            Mechanism = expression!,
            Place = place,
        });
        return new Quantity(new Expression.Name(name, default));
    }

    /// <summary>Gives a variable an indicator: 1 where it is seen.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="seen">When it is seen.</param>
    /// <returns>The indicator, for the missingness of others.</returns>
    public Quantity Missing(Quantity variable, Seen seen)
    {
        if (variable.Expression is not Expression.Name { Text: var of } || _world.Variables.FirstOrDefault(v => v.Name == of) is not { } found)
        {
            _mistakes.Add($"Missing(...) is given {variable}; expected a variable that was declared before.", new WorldPlace { Name = "missing" });
            return 1;
        }

        WorldPlace place = At("missing", of);
        if (found.IsLatent)
        {
            _mistakes.Add($"'{of}' is latent and never seen; expected an observed variable. Leave out 'latent', or its missingness.", place);
        }

        WorldIndicator indicator = new() { Name = "R_" + of, Of = of, Indices = found.Indices, Formula = "", Place = place };
        _world.Indicators.Add(seen.Mechanism is null ? Sampled(indicator, seen) : Drawn(indicator, seen, seen.Mechanism));
        return new Quantity(new Expression.Name(indicator.Name, default));
    }

    /// <summary>Adds to the intervention whose potential outcomes are drawn beside the factual world.</summary>
    /// <param name="target">A variable or an indicator.</param>
    /// <param name="mechanism">Its new mechanism.</param>
    public void Do(Quantity target, Quantity mechanism)
    {
        WorldPlace place = new() { Name = $"do {target}" };
        if (target.Expression is not Expression.Name { Text: var name })
        {
            _mistakes.Add($"Do(...) is given {target}; expected a variable or an indicator.", place);
        }
        else if (Checked(mechanism, place) is { } expression)
        {
            _world.Interventions.Add(new Intervention(name, ExpressionText.Of(expression)) { Mechanism = expression, Place = place });
        }
    }

    /// <summary>Declares the rounds: in each a policy decides what every user is shown, and learns from the past. Mechanisms may read what <see cref="Exposed"/> names.</summary>
    /// <param name="outcome">The variable that is seen where an item is shown, over users and items.</param>
    /// <param name="count">Number of rounds.</param>
    /// <param name="policy">What decides.</param>
    /// <param name="slate">Items that a user is shown in a round.</param>
    /// <param name="positive">Outcomes from here on are positive.</param>
    /// <param name="repeat">Whether a user may be shown an item again.</param>
    /// <param name="active">Probability that a user comes in a round; null for 1.</param>
    /// <param name="context">Observed variables that the log repeats.</param>
    public void Rounds(Quantity outcome, int count, ExposurePolicy policy, int slate = 1, double positive = 1, bool repeat = true, Quantity? active = null, params ReadOnlySpan<Quantity> context)
    {
        WorldPlace place = new() { Name = "rounds" };
        string name = outcome.Expression is Expression.Name { Text: var of } ? of : "";
        WorldVariable? seen = _world.Variables.FirstOrDefault(v => v.Name == name);
        if (seen is not { Indices.Length: 2 })
        {
            _mistakes.Add($"The outcome of the rounds is {outcome}; expected a variable over users and items that was declared before.", place);
        }

        foreach ((string what, double number, int most) in ((string, double, int)[])[("count", count, WorldRounds.MostRounds), ("slate", slate, WorldRounds.MostPositions)])
        {
            if (number < 1 || number > most)
            {
                _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{what} is {number}; expected a whole number from 1 to {most}."), place);
            }
        }

        if (!double.IsFinite(positive))
        {
            _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"positive is {positive}; expected a finite number."), place);
        }

        Expression? coming = active is null ? null : Checked(active, place);
        _world.Rounds = new WorldRounds
        {
            Count = Math.Max(1, count),
            Slate = Math.Max(1, slate),
            Outcome = name,
            User = seen is { Indices: [var user, ..] } ? user : "",
            Item = seen is { Indices: [_, var item, ..] } ? item : "",
            Positive = positive,
            IsRepeatAllowed = repeat,
            Policy = policy,
            Active = coming is null ? "1" : ExpressionText.Of(coming),
            ActiveMechanism = coming,
            Context = [.. context.ToArray().Select(c => c.ToString())],
            ContextPlaces = [.. context.ToArray().Select(_ => place)],
            Place = place,
            SlatePlace = place,
            OutcomePlace = place,
            PolicyPlace = place,
        };
    }

    internal WorldDeclaration Finish()
    {
        foreach (EntityDeclaration entity in _entities)
        {
            _world.Places[("entity", entity.Name)] = entity.Place;
        }

        foreach (WorldParameter parameter in _world.Parameters)
        {
            _world.Places[("parameter", parameter.Name)] = At("parameter", parameter.Name);
        }

        _world.Entities.AddRange(EntityDeclaration.Resolve(_entities, _tables, _mistakes));
        return _world;
    }

    private static WorldPlace At(string kind, string name) => new() { Name = $"{kind} {name}" };

    /// <summary>The expression with its place; null when a file could not say it.</summary>
    private Expression? Checked(Quantity quantity, WorldPlace place)
    {
        if (quantity.IsTooLong)
        {
            _mistakes.Add($"The expression has more than {WorldLimits.Values} numbers and names; expected fewer. Cut it into several variables.", place);
            return null;
        }

        if (quantity.Expression.All.FirstOrDefault(part => part is Expression.Number { Value: var value } && !double.IsFinite(value)) is Expression.Number wrong)
        {
            _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"The number {wrong.Value} stands in the expression; expected finite numbers."), place);
            return null;
        }

        // What the parser says of the text holds of the expression: names, numbers of arguments, ranges, sizes.
        Expression expression = quantity.Expression.At(place);
        return ExpressionParser.Parse(ExpressionText.Of(Writable(expression)), place, exact: false, _mistakes) is null ? null : expression;
    }

    // A function of C# as one that the parser knows.
    private static Expression Writable(Expression expression) => expression switch
    {
        Expression.Apply apply => new Expression.Call("min", [new Expression.Number(0, apply.Place), .. apply.Arguments.Select(Writable)], apply.Place),
        Expression.Call call => call with { Arguments = [.. call.Arguments.Select(Writable)] },
        Expression.Aggregate aggregate => aggregate with { Body = Writable(aggregate.Body) },
        _ => expression,
    };

    private WorldIndicator Drawn(WorldIndicator indicator, Seen seen, Quantity mechanism)
    {
        double rate = seen.Mean is null ? double.NaN : Setting(seen.Mean, "the mean rate", indicator.Place);
        if (seen.Mean is not null && rate is not (> 0 and < 1))
        {
            _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"The mean rate is {rate}; expected a number between 0 and 1."), indicator.Place);
        }

        RateMethod by = seen.By ?? (seen.IsLogit ? RateMethod.Intercept : RateMethod.Scale);
        if (by == RateMethod.None || (by == RateMethod.Intercept && !seen.IsLogit))
        {
            _mistakes.Add(by == RateMethod.None ? "By is None; expected Intercept or Scale." : "A probability cannot be brought to its mean by an intercept; expected By = Scale, or a logistic score.", indicator.Place);
        }

        foreach (string idle in (string[])[.. seen.By is null ? [] : (string[])["By"], .. seen.Per is null ? [] : (string[])["Per"]])
        {
            if (seen.Mean is null)
            {
                _mistakes.Add($"{idle} stands without Mean; expected both, or neither.", indicator.Place);
            }
        }

        if (seen.Per is { } per && (indicator.Indices.Length != 2 || indicator.Indices[0] != per.Name))
        {
            _mistakes.Add($"Per is {per.Name}; expected the first of two entities of {indicator.Of}.", indicator.Place);
        }

        return WorldFile.WithRate(indicator, new Mechanism(Checked(mechanism, indicator.Place), mechanism.ToString()), seen.IsLogit, rate, seen.Mean is null ? RateMethod.None : by, seen.Per is not null);
    }

    private WorldIndicator Sampled(WorldIndicator indicator, Seen seen)
    {
        if (seen.Mean is not null || seen.By is not null || seen.Per is not null)
        {
            _mistakes.Add("Mean, By or Per stands beside a sample, whose rate follows from its sizes; expected it only beside Logistic or Probability.", indicator.Place);
        }

        if (indicator.Indices.Length > 2)
        {
            _mistakes.Add($"The sample draws from {indicator.Indices.Length} entities; expected one or two. Give a probability instead.", indicator.Place);
        }

        if (seen.Sizes.Length != indicator.Indices.Length)
        {
            _mistakes.Add($"The sample has {seen.Sizes.Length} sizes; expected one for each of {string.Join(", ", indicator.Indices)}.", indicator.Place);
        }

        int[] sizes = [.. seen.Sizes.Select(size =>
        {
            double number = Setting(size, "how many are drawn", indicator.Place);
            if (number >= 1 && number <= WorldLimits.Units && number == Math.Floor(number))
            {
                return (int)number;
            }

            _mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{number} are drawn; expected a whole number from 1."), indicator.Place);
            return 1;
        })];
        return WorldFile.WithSample(indicator, sizes);
    }

    private double Setting(Quantity quantity, string what, WorldPlace place)
    {
        switch (quantity.Expression)
        {
            case Expression.Number number:
                return number.Value;
            case Expression.Name name when _world.Parameters.FirstOrDefault(p => p.Name == name.Text) is { } parameter:
                return parameter.Value;
            default:
                _mistakes.Add($"{quantity} stands where {what} should be; expected a number or a parameter.", place);
                return double.NaN;
        }
    }
}
