using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Caudata.Records;
using Caudata.Simulation;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Files;
using Caudata.Simulation.Output;

namespace Caudata.Cli.Commands;

/// <summary><c>caudata simulate</c>: draws data from a causal world, with known truth and known missingness.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="time">The clock.</param>
internal sealed class SimulateCommand(Terminal terminal, TimeProvider time) : CliCommand
{
    private static readonly string[] CtarSettings = ["tags_per_movie", "remembered", "test_2_tries", "test_2_liked", "test_3_tries", "test_3_liked"];

    private readonly Option<string?> _preset = OptionValues.One("--preset", "name", $"A world that comes with the program: {string.Join(", ", WorldPresets.Names)}.");
    private readonly Option<string?> _world = OptionValues.One("--world", "file", "A world file (YAML).");
    private readonly Option<string?> _seed = OptionValues.One("--seed", "number", "Seed of all noise. Default: 1.");
    private readonly Option<string?> _out = OptionValues.One("--out", "folder", "The run folder. Default: runs/ and the name of the world.");
    private readonly Option<string?> _seedTables = OptionValues.One("--seed-tables", "folder", "Presets ctar...: take movie_rating and movie_tag_count (.csv or .csv.gz, also with original_ before), and where they are there movie_name and tag_name, from this folder instead of the built-in generator.");
    private readonly Option<string?> _users = OptionValues.One("--users", "number", "Number of users. Default: the world's.");
    private readonly Option<string?> _items = OptionValues.One("--items", "number", "Number of items. Default: the world's; 1000 for the presets ctar....");
    private readonly Option<string[]> _set = OptionValues.Many("--set", "name=value", $"A parameter of the world, or the size of an entity. Presets ctar... also: {string.Join(", ", CtarSettings)}. Repeatable.");
    private readonly Option<string?> _format = OptionValues.One("--format", "name", "csv, parquet, recbole (atomic files), selection-log (only who was shown or seen what, with true propensities), or ctar (the files of CTAR; presets ctar... alone). Default: ctar for these, else parquet.");
    private readonly Option<bool> _truth = new("--truth") { Description = "Also write latent variables, propensities, potential outcomes and effects, for all units." };
    private readonly Option<string[]> _do = OptionValues.Many("--do", "name=value", "Potential outcomes under an intervention, for example \"quality=4\", in a world with rounds also \"policy=random\"; several at once with commas. Repeatable. Written with --truth.");
    private readonly Option<string?> _instructions = new("--instructions") { Description = "Also write why each rating is as it is, as records for instruction tuning (instructions.jsonl): from the truth, or from the users' records with 'observed' (preset ctar alone).", HelpName = "truth|observed", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _schema = new("--schema") { Description = "Print the JSON Schema of world files, for editors, and draw nothing. Needs no world." };
    private readonly Option<bool> _describe = new("--describe") { Description = "Say what the world's variables are and how they go missing, and draw nothing." };
    private readonly Option<string?> _threads = OptionValues.One("--threads", "number", "Threads to use; the result does not depend on it. Default: all processors.");
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else there." };
    private (ParseResult Result, SimulateRequest? Request, List<string> Mistakes)? _bound;

    /// <inheritdoc/>
    public override string Example => "caudata simulate --preset ctar --seed 1 --out runs/ctar";

    /// <inheritdoc/>
    public override Command Build() => new("simulate", "Draw data from a causal world: observed data that go missing in known ways, and beside them the whole truth.")
    {
        _preset, _world, _seed, _out, _seedTables, _users, _items, _set, _format, _truth, _do, _instructions, _describe, _schema, _threads, _json,
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes(ParseResult result) => Bind(result).Mistakes;

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(_schema))
        {
            terminal.Output.Write(WorldSchema.Text);
            return Task.FromResult(ExitCode.Done);
        }

        SimulateRequest request = Bind(result).Request!;
        bool json = result.GetValue(_json);
        return result.GetValue(_describe)
            ? Task.FromResult(Describe(request, json))
            : SimulateRun.RunAsync(terminal, time, request, [.. result.Tokens.Select(token => token.Value)], json, cancellationToken);
    }

    private int Describe(SimulateRequest request, bool json)
    {
        SummaryTable[] tables = [WorldDescription.Mechanisms(request.Run.World), WorldDescription.Missing(request.Run.World), .. WorldDescription.Rounds(request.Run.World) is { } rounds ? [rounds] : Array.Empty<SummaryTable>()];
        if (json)
        {
            terminal.Json(new RunSummary([new("world", request.Run.World.Name)], [.. tables]).WriteTo);
            return ExitCode.Done;
        }

        foreach (SummaryTable table in tables)
        {
            terminal.Table(table);
        }

        return ExitCode.Done;
    }

    private (SimulateRequest? Request, List<string> Mistakes) Bind(ParseResult result)
    {
        if (_bound is { } bound && ReferenceEquals(bound.Result, result))
        {
            return (bound.Request, bound.Mistakes);
        }

        List<string> mistakes = [];
        SimulateRequest? request = Bind(result, mistakes);
        _bound = (result, mistakes.Count == 0 ? request : null, mistakes);
        return (_bound.Value.Request, mistakes);
    }

    private SimulateRequest? Bind(ParseResult result, List<string> mistakes)
    {
        OptionValues values = new(result, mistakes);
        if (result.GetValue(_schema))
        {
            mistakes.AddRange(result.CommandResult.Children.OfType<System.CommandLine.Parsing.OptionResult>().Where(o => !o.Implicit && o.Option != _schema && o.Option != _json)
                .Select(o => $"{o.Option.Name} is given beside --schema, which needs no world; expected --schema alone. Leave one out."));
            return null;
        }

        string? preset = values.Text(_preset), file = values.Text(_world);
        if ((preset is null) == (file is null))
        {
            mistakes.Add($"{(preset is null ? "Neither --preset nor --world is given" : "Both --preset and --world are given")}; expected one of them, for example --preset ctar.");
        }

        if (preset is not null && !WorldPresets.Names.Contains(preset))
        {
            mistakes.Add($"--preset names '{preset}'; expected one of {string.Join(", ", WorldPresets.Names)}.{Closest.Suggest(preset, WorldPresets.Names)}");
            preset = null;
        }

        bool isCtar = preset is not null && WorldPresets.IsCtar(preset);
        Dictionary<string, double> settings = Settings();
        int items = (int)values.Whole(_items, 1000, 1, WorldLimits.Units);
        if (values.Text(_users) is not null)
        {
            settings["user"] = values.Whole(_users, 1000, 1, WorldLimits.Units);
        }

        if (values.Text(_items) is not null && !isCtar)
        {
            settings["item"] = items;
        }

        if (values.Text(_seedTables) is not null && !isCtar)
        {
            mistakes.Add("--seed-tables is given without --preset ctar (or ctar-hetero, ctar-weighted); expected it only there. A world file names its tables by itself.");
        }

        CtarOptions ctar = isCtar ? Ctar(settings) : new CtarOptions();
        int tagsOfMovie = isCtar && settings.Remove("tags_per_movie", out double tags) ? Inside("tags_per_movie", tags, 1, 1000) : 8;
        SimulationFormat format = Format(isCtar);
        InstructionSource instructions = Instructions(isCtar);
        ulong seed = values.Whole(_seed, 1, 0, ulong.MaxValue);
        int threads = (int)values.Whole(_threads, (ulong)Environment.ProcessorCount, 1, 256);
        if (values.Texts(_do) is [_, ..] && !result.GetValue(_truth) && !result.GetValue(_describe))
        {
            mistakes.Add("--do is given without --truth; expected both, because potential outcomes are part of the truth. Add --truth.");
        }

        if (preset is null && file is null)
        {
            return null;
        }

        List<string> files = [];
        string source = "";
        try
        {
            string text = preset is not null ? WorldPresets.Text(preset) : Read(file!, files);
            IWorldTables tables;
            if (isCtar)
            {
                SeedTables seeds = Seeds(items, files);
                source = seeds.Source == "built-in generator" ? seeds.Source : string.Join(", ", files);
                tables = new CtarTables(seeds, items, tagsOfMovie);
            }
            else
            {
                tables = new TableFolder(file is null ? "." : Path.GetDirectoryName(Path.GetFullPath(file))!);
            }

            World world = World.Parse(text, tables, settings);
            if (tables is TableFolder folder)
            {
                files.AddRange(folder.Paths);
                source = string.Join(", ", folder.Paths.Select(Path.GetFileName));
            }

            var interventions = ImmutableArray.CreateBuilder<(string, ImmutableArray<Intervention>)>();
            if (!world.Interventions.IsEmpty)
            {
                interventions.Add((string.Join(", ", world.Interventions.Select(i => $"{i.Target}={i.Formula}")), world.Interventions));
            }

            foreach (string intervention in values.Texts(_do))
            {
                Try("--do", () => interventions.Add((intervention, world.ParseIntervention(intervention))));
            }

            if (format == SimulationFormat.RecBole)
            {
                Try("--format recbole", () => SimulationRun.CheckRecBole(world));
            }

            if (instructions != InstructionSource.None)
            {
                Try("--instructions", () => SimulationRun.CheckInstructions(world));
            }

            SimulationOptions options = new() { Seed = seed, Threads = threads, Interventions = interventions.ToImmutable() };
            mistakes.AddRange(options.Validate());
            return new SimulateRequest(new SimulationRequest(world, options, format, result.GetValue(_truth), ctar, source) { Instructions = instructions }, preset ?? file!, text, [.. files], [.. values.Texts(_do)], values.Text(_out) ?? "runs/" + world.Name);
        }
        catch (WorldException e)
        {
            mistakes.AddRange(e.Mistakes.Select(mistake => $"{(preset is null ? file : "preset " + preset)}: {mistake}"));
        }
        catch (InputException e)
        {
            mistakes.Add(e.Message);
        }

        return null;

        void Try(string option, Action action)
        {
            try
            {
                action();
            }
            catch (WorldException e)
            {
                mistakes.AddRange(e.Mistakes.Select(mistake => $"{option}: {mistake}"));
            }
        }

        Dictionary<string, double> Settings()
        {
            Dictionary<string, double> found = new(StringComparer.Ordinal);
            foreach (string setting in values.Texts(_set))
            {
                int equals = setting.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0 && double.TryParse(setting[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
                {
                    found[setting[..equals].Trim()] = number;
                }
                else
                {
                    mistakes.Add($"--set is '{setting}'; expected NAME=NUMBER, for example quality_sd=0.5.");
                }
            }

            return found;
        }

        CtarOptions Ctar(Dictionary<string, double> found)
        {
            CtarOptions options = new();
            options = new CtarOptions
            {
                Remembered = found.Remove("remembered", out double remembered) ? remembered : options.Remembered,
                IdentifiableTries = Taken("test_2_tries", options.IdentifiableTries),
                IdentifiablePositive = Taken("test_2_liked", options.IdentifiablePositive),
                UnidentifiableTries = Taken("test_3_tries", options.UnidentifiableTries),
                UnidentifiablePositive = Taken("test_3_liked", options.UnidentifiablePositive),
            };
            mistakes.AddRange(options.Validate());
            return options;

            int Taken(string name, int otherwise) => found.Remove(name, out double number) ? Inside(name, number, 0, 10_000_000) : otherwise;
        }

        int Inside(string name, double number, int least, int most)
        {
            if (number >= least && number <= most && number == Math.Floor(number))
            {
                return (int)number;
            }

            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"--set {name}={number}; expected a whole number from {least} to {most}."));
            return least;
        }

        SimulationFormat Format(bool ctarPreset)
        {
            string name = values.Text(_format) ?? (ctarPreset ? "ctar" : "parquet");
            if (!Enum.TryParse(name.Replace("selection-log", nameof(SimulationFormat.SelectionLog), StringComparison.Ordinal), ignoreCase: true, out SimulationFormat found) || !name.All(c => char.IsAsciiLetter(c) || c == '-'))
            {
                mistakes.Add($"--format names '{name}'; expected one of csv, parquet, recbole, selection-log, ctar.{Closest.Suggest(name, ["csv", "parquet", "recbole", "selection-log", "ctar"])}");
            }
            else if (found == SimulationFormat.Ctar && !ctarPreset)
            {
                mistakes.Add("--format ctar is given without --preset ctar (or ctar-hetero, ctar-weighted); expected csv, parquet or recbole for another world.");
            }

            return found;
        }

        InstructionSource Instructions(bool ctarPreset)
        {
            if (result.GetResult(_instructions) is null or { Implicit: true })
            {
                return InstructionSource.None;
            }

            string name = values.Text(_instructions) ?? "truth";
            if (name is not ("truth" or "observed"))
            {
                mistakes.Add($"--instructions names '{name}'; expected truth or observed.{Closest.Suggest(name, ["truth", "observed"])}");
            }
            else if (name == "observed" && !ctarPreset && (preset ?? file) is not null)
            {
                mistakes.Add("--instructions observed is given without --preset ctar, whose users record tags; expected --instructions truth for another world.");
            }

            return name == "observed" ? InstructionSource.Observed : InstructionSource.Truth;
        }

        SeedTables Seeds(int least, List<string> read)
        {
            if (values.Text(_seedTables) is not { } folder)
            {
                // Popularity falls so clearly among the first that these many are sure to hold the most popular ones.
                return SeedTables.BuiltIn(least, least <= 5_000 ? least + (least / 10) : int.MaxValue);
            }

            string ratings = Find(folder, SeedTables.RatingNames), counts = Find(folder, SeedTables.CountNames);
            string? movieNames = FindAny(folder, SeedTables.MovieNameNames), tagNames = FindAny(folder, SeedTables.TagNameNames);
            read.AddRange([ratings, counts, .. ((string?[])[movieNames, tagNames]).OfType<string>()]);
            SeedTables seeds = SeedTables.Read(ratings, counts);
            return seeds with
            {
                MovieNames = movieNames is null ? seeds.MovieNames : SeedTables.ReadNames(movieNames, "movieid"),
                TagNames = tagNames is null ? seeds.TagNames : SeedTables.ReadNames(tagNames, "tagid"),
            };
        }
    }

    private static string? FindAny(string folder, ImmutableArray<string> names) => names.SelectMany(name => (string[])[name + ".csv", name + ".csv.gz"]).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string Find(string folder, ImmutableArray<string> names) =>
        FindAny(folder, names)
            ?? throw new InputException($"--seed-tables: '{folder}' has no {string.Join(" and no ", names.Select(n => n + ".csv(.gz)"))}; expected movie_rating (movieid, rating) and movie_tag_count (movieid, tagid, tagCount). Give the folder that holds them.");

    private static string Read(string file, List<string> files)
    {
        string text = TextFile.Read(file, 4L * WorldLimits.Text);
        files.Add(file);
        return text;
    }
}
