using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Caudata.Records;
using Caudata.Simulation.Ctar;
using Caudata.Simulation.Expressions;

namespace Caudata.Simulation.Output;

/// <summary>Writes reasons of ratings as records for instruction tuning, JSON lines: instruction, input, output, and what they were made of.</summary>
/// <remarks>
/// From the truth, a tag is given as a reason only where it is one: the item has it, the user likes it, and the same unit's rating under do(count of liked tags = 0) is another. Records of users are given as their
/// word, and nothing more is claimed. Pairs are streamed; what is held is what each user likes.
/// </remarks>
internal static class InstructionFile
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "instructions.jsonl";

    private const string Without = "without";

    /// <summary>Writes the records of all ratings that are seen; or of all tag records.</summary>
    /// <param name="world">The world.</param>
    /// <param name="options">Seed and threads.</param>
    /// <param name="records">Tag records; null for the truth.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="WorldException">Nothing in the world says why a rating is as it is.</exception>
    public static CardFile Write(World world, SimulationOptions options, CtarData? records, RunFolder folder, CancellationToken cancellationToken)
    {
        RatingReasons reasons = RatingReasons.Of(world);
        Writer writer = new(world, reasons, options.Seed);
        long rows = 0;
        folder.Write(FileName, stream => rows = records is null ? Truth(world, options, reasons, writer, stream, cancellationToken) : Observed(records, writer, stream));
        return new CardFile(records is null ? "reasons of ratings, from the truth" : "reasons of ratings, from users' records", FileName, "train", rows);
    }

    private static long Truth(World world, SimulationOptions options, RatingReasons reasons, Writer writer, Stream stream, CancellationToken cancellationToken)
    {
        Intervention none = new(reasons.Count.Name, "0") { Mechanism = new Expression.Number(0, default) };
        SimulatedWorld simulated = new(world, options with { Interventions = [(Without, [none])] }, cancellationToken);
        int[][] liked = reasons.LikedTags(simulated);
        string rating = reasons.Rating.Name;
        string? indicator = world.Indicators.FirstOrDefault(r => r.Of == rating)?.Name;
        long count = 0;
        simulated.Run([rating, $"{rating}@{Without}", .. indicator is null ? [] : (string[])[indicator]], (_, rows) =>
        {
            ArrayBufferWriter<byte> text = new();
            long made = 0;
            rows.ForEach(row =>
            {
                for (int item = 0; item < row.Width; item++)
                {
                    if (indicator is null || row[2][item] != 0)
                    {
                        writer.Write(text, "truth", row.Index, item, row[0][item], row[1][item], reasons.Matched(liked[row.Index], item));
                        made++;
                    }
                }
            });
            return (text, made);
        }, (_, block) =>
        {
            stream.Write(block.text.WrittenSpan);
            count += block.made;
        });
        return count;
    }

    private static long Observed(CtarData data, Writer writer, Stream stream)
    {
        Dictionary<(int, int), int> ratings = data.Ratings.ToDictionary(r => (r.User, r.Movie), r => r.Value);
        long count = 0;
        foreach ((string source, ImmutableArray<TagRecord> records) in ((string, ImmutableArray<TagRecord>)[])[("obstag", data.Observational), ("rcttag", data.Randomised)])
        {
            ArrayBufferWriter<byte> text = new();
            for (int first = 0, end; first < records.Length; first = end)
            {
                (int user, int movie, _) = records[first];
                for (end = first; end < records.Length && records[end].User == user && records[end].Movie == movie; end++)
                {
                }

                ImmutableArray<int> tags = [.. records.AsSpan(first..end).ToArray().Where(r => r.Tag >= 0).Select(r => r.Tag)];
                writer.Write(text, source, user, movie, ratings.TryGetValue((user, movie), out int rating) ? rating : double.NaN, double.NaN, tags);
                count++;
                if (text.WrittenCount > 1 << 20)
                {
                    stream.Write(text.WrittenSpan);
                    text.ResetWrittenCount();
                }
            }

            stream.Write(text.WrittenSpan);
        }

        return count;
    }

    /// <summary>Makes the line of one pair; several threads may use it.</summary>
    private sealed class Writer(World world, RatingReasons reasons, ulong seed)
    {
        private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        private readonly string _user = reasons.Rating.Indices[0], _item = reasons.Rating.Indices[1], _tag = reasons.Tags.To;
        private readonly InstructionPhrases _phrases = new(reasons.Rating.Indices[0], reasons.Rating.Indices[1], reasons.Rating.Name, seed);

        public void Write(ArrayBufferWriter<byte> text, string source, int user, int item, double rating, double without, ImmutableArray<int> tags)
        {
            (string instruction, string input, string output) = _phrases.Of((user, item), (Name(_user, user), Name(_item, item)), rating, without,
                [.. reasons.Tags[item].ToArray().Select(tag => Name(_tag, tag))], [.. tags.Select(tag => Name(_tag, tag))]);
            using (Utf8JsonWriter json = new(text, Json))
            {
                json.WriteStartObject();
                json.WriteString("instruction", instruction);
                json.WriteString("input", input);
                json.WriteString("output", output);
                json.WriteString("source", source);
                json.WriteNumber("user", user);
                json.WriteNumber("item", item);
                Number(json, "rating", rating);
                Number(json, Without, without);
                json.WriteStartArray("tags");
                foreach (int tag in tags)
                {
                    json.WriteNumberValue(tag);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            text.Write("\n"u8);
        }

        private static void Number(Utf8JsonWriter json, string name, double value)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumber(name, value);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        // A unit without a name is called by its number.
        private string Name(string entity, int unit) => world.Entities[world.EntityIndex(entity)].Table?.Names is { IsEmpty: false } names && names[unit].Length > 0 ? names[unit] : string.Create(CultureInfo.InvariantCulture, $"{entity} {unit}");
    }
}
