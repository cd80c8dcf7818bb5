using System.Collections.Immutable;
using System.Globalization;

namespace Caudata.Corpora.World;

/// <summary>What a corpus world is made of.</summary>
/// <remarks>All defaults are choices of this project, made so that targets are rare, copies exist and no source is pure, as on the web.</remarks>
public sealed record CorpusWorldOptions
{
    /// <summary>Seed of everything in the world. Default 7.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>Number of documents. Range 1 to 100,000,000. Default 2,000.</summary>
    public int Documents { get; init; } = 2_000;

    /// <summary>Number of sources. Range 1 to 10,000. Default 80.</summary>
    public int Sites { get; init; } = 80;

    /// <summary>Share of documents that are edited copies of an earlier one. Range 0 to 0.5. Default 0.04.</summary>
    public double NearDuplicates { get; init; } = 0.04;

    /// <summary>Share of documents that are exact copies of an earlier one. Range 0 to 0.5. Default 0.02.</summary>
    public double ExactDuplicates { get; init; } = 0.02;

    /// <summary>Share of documents that hold an order to the machine that reads them. Range 0 to 1. Default 0.02.</summary>
    public double Injections { get; init; } = 0.02;

    /// <summary>Share of documents with one exercise that cannot be understood without a missing figure. Range 0 to 1. Default 0.04.</summary>
    public double Figures { get; init; } = 0.04;

    /// <summary>Weights of subjects that differ from the default mix (<see cref="CorpusWorld.Subjects"/>), each at least 0; the rest keep theirs. Weights are normalised to 1.</summary>
    public ImmutableSortedDictionary<string, double> Mix { get; init; } = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Reads a specification such as <c>world:7,documents=20000</c>.</summary>
    /// <param name="specification">
    /// <c>world</c>, or <c>world:SEED</c>, then any of <c>documents</c>, <c>sites</c>, <c>near-duplicates</c>, <c>exact-duplicates</c>, <c>injections</c>,
    /// <c>figures</c> and the names of subjects (a weight), each as <c>name=value</c> after a comma.
    /// </param>
    /// <exception cref="FormatException">The text is no such specification; the message names every mistake.</exception>
    public static CorpusWorldOptions Parse(string specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        var mistakes = new List<string>();
        string[] parts = specification.Split(',', StringSplitOptions.TrimEntries);
        var options = new CorpusWorldOptions();
        if (parts[0] != "world")
        {
            if (!parts[0].StartsWith("world:", StringComparison.Ordinal))
            {
                throw new FormatException($"'{specification}' is no corpus world; expected 'world:SEED' and options, for example 'world:7,documents=20000'.");
            }

            if (ulong.TryParse(parts[0].AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            {
                options = options with { Seed = seed };
            }
            else
            {
                mistakes.Add($"seed '{parts[0][6..]}' is not a whole number of 0 or more");
            }
        }

        ImmutableSortedDictionary<string, double>.Builder mix = options.Mix.ToBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string part in parts.AsSpan(1))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals].TrimEnd(), value = equals < 0 ? "" : part[(equals + 1)..].TrimStart();
            if (!seen.Add(name))
            {
                mistakes.Add($"'{name}' is given twice");
            }
            else if (name is "documents" or "sites")
            {
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                {
                    mistakes.Add($"{name} '{value}' is not a whole number");
                }
                else
                {
                    options = name == "documents" ? options with { Documents = count } : options with { Sites = count };
                }
            }
            else if (name is "near-duplicates" or "exact-duplicates" or "injections" or "figures" || Library.IndexOf(name) >= 0)
            {
                if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share))
                {
                    mistakes.Add($"{name} '{value}' is not a number of 0 or more");
                    continue;
                }

                switch (name)
                {
                    case "near-duplicates":
                        options = options with { NearDuplicates = share };
                        break;
                    case "exact-duplicates":
                        options = options with { ExactDuplicates = share };
                        break;
                    case "injections":
                        options = options with { Injections = share };
                        break;
                    case "figures":
                        options = options with { Figures = share };
                        break;
                    default:
                        mix[name] = share;
                        break;
                }
            }
            else
            {
                mistakes.Add($"unknown option '{name}'; known: documents, sites, near-duplicates, exact-duplicates, injections, figures, and the subjects {string.Join(", ", CorpusWorld.Subjects)}");
            }
        }

        options = options with { Mix = mix.ToImmutable() };
        mistakes.AddRange(options.Mistakes());
        return mistakes.Count == 0 ? options : throw new FormatException($"'{specification}': {string.Join("; ", mistakes)}.");
    }

    /// <summary>Checks all ranges at once.</summary>
    /// <exception cref="ArgumentException">Some option is out of its range; the message names every mistake.</exception>
    public void Validate()
    {
        List<string> mistakes = Mistakes();
        if (mistakes.Count > 0)
        {
            throw new ArgumentException($"Corpus world: {string.Join("; ", mistakes)}.");
        }
    }

    private List<string> Mistakes()
    {
        var mistakes = new List<string>();
        Check(Documents is >= 1 and <= 100_000_000, "documents", Documents, "1 to 100000000");
        Check(Sites is >= 1 and <= 10_000, "sites", Sites, "1 to 10000");
        Check(NearDuplicates is >= 0 and <= 0.5, "near-duplicates", NearDuplicates, "0 to 0.5");
        Check(ExactDuplicates is >= 0 and <= 0.5, "exact-duplicates", ExactDuplicates, "0 to 0.5");
        Check(Injections is >= 0 and <= 1, "injections", Injections, "0 to 1");
        Check(Figures is >= 0 and <= 1, "figures", Figures, "0 to 1");
        foreach ((string name, double weight) in Mix)
        {
            if (Library.IndexOf(name) < 0)
            {
                mistakes.Add($"unknown subject '{name}'; known: {string.Join(", ", CorpusWorld.Subjects)}");
            }

            Check(weight is >= 0 and < double.PositiveInfinity, name, weight, "0 or more");
        }

        if (Library.Subjects.Sum(subject => Mix.GetValueOrDefault(subject.Name, subject.Share)) is not > 0)
        {
            mistakes.Add("all subjects have weight 0; give at least one a positive weight");
        }

        return mistakes;

        void Check(bool right, string name, double value, string range)
        {
            if (!right)
            {
                mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected {range}"));
            }
        }
    }
}
