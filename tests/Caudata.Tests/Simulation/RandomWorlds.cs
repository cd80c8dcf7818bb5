using System.Globalization;
using Caudata.Numerics;

namespace Caudata.Tests.Simulation;

/// <summary>Worlds of random shape: variables over none, one and two of three entities, each a random mechanism over some of those before it, and indicators over variables, over what they hide and over other indicators.</summary>
internal sealed class RandomWorlds
{
    private static readonly string[][] Plates = [[], ["user"], ["item"], ["tag"], ["user", "item"], ["user", "item"], ["user", "tag"], ["item", "tag"]];
    private static readonly Dictionary<string, int> Sizes = new() { ["user"] = 4, ["item"] = 3, ["tag"] = 3 };

    private readonly List<(string Name, string[] Plate)> _declared = [];
    private readonly int _variables;
    private RandomStream _random;

    /// <summary>A world.</summary>
    /// <param name="seed">Makes it.</param>
    public RandomWorlds(int seed)
    {
        _random = new((ulong)seed, "world");
        _variables = 3 + _random.NextInt32(7);
        List<string> missing = [];
        for (int v = 0; v < _variables; v++)
        {
            string[] plate = Plates[_random.NextInt32(Plates.Length)];
            string mechanism = Mechanism(plate);
            bool isLatent = _random.NextInt32(4) == 0;
            string name = $"v{v}";
            Lines.Add((name, $"  {name}{(plate.Length == 0 ? "" : $"[{string.Join(", ", plate)}]")}: {{ is: \"{mechanism}\"{(isLatent ? ", latent: true" : "")} }}"));
            _declared.Add((name, plate));
            if (!isLatent && _random.NextInt32(2) == 0)
            {
                missing.Add(name);
            }
        }

        // An indicator may depend on all variables, its own one too, and on the indicators before it.
        foreach (string of in missing)
        {
            string[] plate = _declared.First(d => d.Name == of).Plate;
            string score = Sum(plate), rate = plate.Length == 2 && _random.NextInt32(2) == 0 ? $", mean: 0.3, per: {plate[0]}" : ", mean: 0.4, by: scale";
            Missing.Add($"  {of}: {{ " + _random.NextInt32(5) switch
            {
                0 when plate.Length > 0 => $"sample: {{ {string.Join(", ", plate.Select(entity => entity + ": 2"))} }}",
                1 => $"probability: \"sigmoid({score})\"",
                2 => $"logistic: \"{score}\", mean: 0.5",
                3 => $"logistic: \"{score}\"{rate}",
                _ => $"logistic: \"{score}\"",
            } + " }");
            _declared.Add(("R_" + of, plate));
        }
    }

    /// <summary>The variables' lines by name.</summary>
    public List<(string Name, string Line)> Lines { get; } = [];

    /// <summary>The lines under missing.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Names of variables and indicators, causes before effects.</summary>
    public IReadOnlyList<string> Names => [.. _declared.Select(d => d.Name)];

    /// <summary>The world's file.</summary>
    public string Text => File(Lines.Select(l => l.Line));

    /// <summary>The file with other lines of variables.</summary>
    public string File(IEnumerable<string> lines) => string.Join('\n', [$"entities: {{ {string.Join(", ", Sizes.Select(s => $"{s.Key}: {s.Value}"))} }}", "variables:", .. lines, .. Missing.Count > 0 ? ["missing:", .. Missing] : Array.Empty<string>()]);

    /// <summary>One of the names.</summary>
    public string AnyName() => _declared[_random.NextInt32(_declared.Count)].Name;

    /// <summary>The line of a variable with another mechanism.</summary>
    public string Line(string name, string mechanism)
    {
        string[] plate = PlateOf(name);
        return $"  {name}{(plate.Length == 0 ? "" : $"[{string.Join(", ", plate)}]")}: {{ is: \"{mechanism}\" }}";
    }

    /// <summary>An intervention on a name: a number, or a policy that looks at what comes before it.</summary>
    public string Intervention(string target)
    {
        int place = _declared.FindIndex(d => d.Name == target);
        bool isIndicator = target.StartsWith("R_", StringComparison.Ordinal);
        return _random.NextInt32(2) == 0 ? $"{target}={(isIndicator ? _random.NextInt32(2) : 2)}" : isIndicator ? $"{target}=sigmoid({Sum(PlateOf(target), place)})" : $"{target}={Sum(PlateOf(target), place)}";
    }

    /// <summary>An intervention that sets every unit of a name to a value of its own.</summary>
    /// <param name="target">The name.</param>
    /// <param name="values">The values, shape [units].</param>
    public string Units(string target, double[] values)
    {
        string[] plate = PlateOf(target);
        IEnumerable<string> cells = values.Select((value, i) => plate.Length switch
        {
            0 => Number(value),
            1 => $"if(index({plate[0]}) == {i}, {Number(value)}, 0)",
            _ => $"if(index({plate[0]}) == {i / Sizes[plate[1]]} and index({plate[1]}) == {i % Sizes[plate[1]]}, {Number(value)}, 0)",
        });
        return $"{target}={string.Join(" + ", cells)}";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string[] PlateOf(string name) => _declared.First(d => d.Name == name).Plate;

    private string Mechanism(string[] plate)
    {
        string sum = Sum(plate);
        return _random.NextInt32(plate.Length == 0 ? 10 : 12) switch
        {
            0 => $"normal({sum}, 1)",
            1 => $"bernoulli(sigmoid({sum}))",
            2 => $"clip(round({sum} + normal(0, 1)), -3, 3)",
            3 => sum,
            4 => $"if({sum} > 0.5, normal({sum}, 1), uniform(-1, 1))",
            5 => $"poisson(clip(abs({sum}), 0.1, 20))",
            6 => $"categorical(1, 0.1 + sigmoid({sum}), 1)",
            7 => $"ordinal({sum} + logistic(0, 1), -1, 0, 1)",
            8 => $"gamma(1 + abs({sum}), 0.5)",
            9 => $"beta(1 + abs({sum}), 2)",
            10 => $"sample(2, 0.1 + sigmoid({sum}))",
            _ => $"rank({sum} + normal(0, 1))",
        };
    }

    // A sum of some names before a place; what has more entities is aggregated.
    private string Sum(string[] plate, int before = int.MaxValue)
    {
        List<string> terms = ["0.5"];
        foreach ((string name, string[] indices) in _declared.Take(before).Where(_ => _random.NextInt32(3) > 0).ToArray())
        {
            string term = name;
            foreach (string entity in indices.Except(plate))
            {
                string[] aggregates = ["mean", "sum", "min", "max", "count"];
                term = $"{aggregates[_random.NextInt32(aggregates.Length)]}({term} over {entity})";
            }

            terms.Add($"0.3 * {term}");
        }

        (string Name, string[] Plate)[] factors = [.. _declared.Take(before).Where(d => d.Plate.Length == 2 && d.Plate[1] == "tag")];
        if (plate is ["user", "item"] && factors.FirstOrDefault(d => d.Plate[0] == "user").Name is { } left && factors.FirstOrDefault(d => d.Plate[0] == "item").Name is { } right)
        {
            terms.Add($"0.2 * dot({left}, {right})");
        }

        return $"clip({string.Join(" + ", terms)}, -9, 9)";
    }
}
