using System.Text.Json;
using Caudata.Records;
using DuckDB.NET.Data;

namespace Caudata.Tests.Records;

public sealed class PairWriterTests : IDisposable
{
    private readonly RunPlace _place = new();

    public void Dispose() => _place.Dispose();

    private static PairRow Row(int i) => new()
    {
        Id = $"p{i}",
        Question = i == 0 ? "What is \"<b>2</b>\" + 2?\n" : $"Question {i} 🙂",
        Answer = $"Answer {i}",
        Document = $"d{i / 2}",
        Start = i,
        End = i + 10,
        Source = "book",
        Label = i % 2 == 0 ? null : "maths",
        Cluster = i % 3 == 0 ? null : i % 3,
        Round = i / 10,
        Policy = "default",
        Propensity = 0.1 + i,
        Reward = i == 2 ? double.NaN : 1.0 / 3,
        Cost = 12.5,
        Extractor = "structural-1/exercise-solution",
        Checks = [new("grounded", "by construction"), new("complete", "passed")],
        Selected = i % 2 == 0,
        Reason = i % 2 == 0 ? "close to the target" : "too far",
    };

    [Fact]
    public async Task Rows_have_exactly_these_bytes()
    {
        using RunFolder run = _place.Run();
        PairCounts counts = await PairWriter.WriteAsync(run, Enumerable.Range(0, 2).Select(Row), TrainingFormat.Messages);
        Assert.Equal(new PairCounts(2, 1), counts);
        Assert.Equal("""
            {"id":"p0","question":"What is \"<b>2</b>\" + 2?\n","answer":"Answer 0","document":"d0","span":[0,10],"source":"book","label":null,"cluster":null,"round":0,"policy":"default","propensity":0.1,"reward":0.3333333333333333,"cost":12.5,"extractor":"structural-1/exercise-solution","checks":{"grounded":"by construction","complete":"passed"},"selected":true,"reason":"close to the target"}
            {"id":"p1","question":"Question 1 \uD83D\uDE42","answer":"Answer 1","document":"d0","span":[1,11],"source":"book","label":"maths","cluster":1,"round":0,"policy":"default","propensity":1.1,"reward":0.3333333333333333,"cost":12.5,"extractor":"structural-1/exercise-solution","checks":{"grounded":"by construction","complete":"passed"},"selected":false,"reason":"too far"}

            """, run.ReadText(PairWriter.PairsFile));
    }

    [Theory]
    [InlineData(TrainingFormat.Messages, """{"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]}""")]
    [InlineData(TrainingFormat.Alpaca, """{"instruction":"Q","input":"","output":"A"}""")]
    [InlineData(TrainingFormat.Sharegpt, """{"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]}""")]
    [InlineData(TrainingFormat.Pairs, """{"prompt":"Q","completion":"A"}""")]
    public async Task Training_files_have_the_form_that_trainers_read(TrainingFormat format, string expected)
    {
        using RunFolder run = _place.Run();
        await PairWriter.WriteAsync(run, [Row(0) with { Question = "Q", Answer = "A" }, Row(1)], format);
        Assert.Equal(expected + "\n", run.ReadText(PairWriter.TrainingFile));
    }

    [Fact]
    public async Task The_table_has_the_same_bytes_each_time_and_another_reader_reads_it()
    {
        const int Count = TableWriter.GroupRows + 500;
        using RunFolder run = _place.Run();
        await PairWriter.WriteAsync(run, Enumerable.Range(0, Count).Select(Row), TrainingFormat.Pairs);
        byte[] first = await File.ReadAllBytesAsync(run.PathOf(PairWriter.TableFile));
        await PairWriter.WriteAsync(run, Enumerable.Range(0, Count).Select(Row), TrainingFormat.Pairs);
        Assert.Equal(first, await File.ReadAllBytesAsync(run.PathOf(PairWriter.TableFile)));

        using DuckDBConnection connection = new("Data Source=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*), sum(span_end)::BIGINT, count(cluster), count(*) FILTER (selected), max(question) FILTER (id='p0'), max(propensity) FROM '{run.PathOf(PairWriter.TableFile)}'";
        using DuckDBDataReader reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(Count, reader.GetInt64(0));
        Assert.Equal(Enumerable.Range(0, Count).Sum(i => (long)i + 10), reader.GetInt64(1));
        Assert.Equal(Enumerable.Range(0, Count).Count(i => i % 3 != 0), reader.GetInt64(2));
        Assert.Equal(Count / 2, reader.GetInt64(3));
        Assert.Equal(Row(0).Question, reader.GetString(4));
        Assert.Equal(0.1 + (Count - 1), reader.GetDouble(5));
    }

    [Fact]
    public async Task No_rows_give_empty_files_that_can_be_read()
    {
        using RunFolder run = _place.Run();
        Assert.Equal(new PairCounts(0, 0), await PairWriter.WriteAsync(run, [], TrainingFormat.Messages));
        Assert.Equal("", run.ReadText(PairWriter.PairsFile));
        using DuckDBConnection connection = new("Data Source=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM '{run.PathOf(PairWriter.TableFile)}'";
        Assert.Equal(0L, command.ExecuteScalar());
    }

    [Fact]
    public async Task A_writing_that_fails_changes_no_file()
    {
        using RunFolder run = _place.Run();
        await PairWriter.WriteAsync(run, [Row(0)], TrainingFormat.Messages);
        string before = run.ReadText(PairWriter.PairsFile);
        IEnumerable<PairRow> broken = Enumerable.Range(0, 5).Select(i => i < 4 ? Row(i) : throw new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => PairWriter.WriteAsync(run, broken, TrainingFormat.Messages));
        Assert.Equal(before, run.ReadText(PairWriter.PairsFile));
        Assert.Empty(Directory.EnumerateFiles(run.FullPath, "*.tmp"));
    }

    [Fact]
    public async Task The_selection_log_is_written_as_lines_and_as_a_table()
    {
        using RunFolder run = _place.Run();
        SelectionLog log = run.Ledger.Selections();
        log.Append(RunPlace.Row(0, 3, 2));
        log.Append(RunPlace.Row(1, 4) with { RewardParts = [] });
        await log.WriteAsync(run);
        Assert.Equal("""
            {"round":0,"unit":"document-3","index":3,"arm":0,"policy":"ucb1","propensity":0.25,"inclusion_probability":0.5,"cost":3.75,"reward":null,"reward_ot_gain":0.30000000000000004,"reward_similarity":-3,"pairs":3,"relevant":2}
            {"round":1,"unit":"document-4","index":4,"arm":1,"policy":"ucb1","propensity":0.2,"inclusion_probability":0.5,"cost":5,"reward":2,"reward_ot_gain":null,"reward_similarity":null,"pairs":4,"relevant":null}

            """, run.ReadText("selections.jsonl"));
        byte[] first = await File.ReadAllBytesAsync(run.PathOf("selections.parquet"));
        await log.WriteAsync(run);
        Assert.Equal(first, await File.ReadAllBytesAsync(run.PathOf("selections.parquet")));
    }

    [Fact]
    public void A_summary_reads_back_what_was_written()
    {
        using RunFolder run = _place.Run();
        Assert.Null(RunSummary.Read(run));
        RunSummary summary = new([new("pairs", 12L), new("share", 0.25), new("note", "<b>"), new("done", true), new("none", null)],
            [new SummaryTable("compare", "Title", [new("policy", ColumnKind.Text), new("bits", ColumnKind.Number)], [["a", 1.0], ["b", null]])]);
        summary.Write(run);
        RunSummary read = RunSummary.Read(run)!;
        Assert.Equal(summary.Values, read.Values);
        Assert.Equal(summary.Tables[0].Columns, read.Tables[0].Columns);
        Assert.Equal(summary.Tables[0].Rows, read.Tables[0].Rows);
        using JsonDocument json = JsonDocument.Parse(run.ReadText(RunSummary.FileName));
        Assert.Equal(12, json.RootElement.GetProperty("pairs").GetInt64());
        run.WriteText(RunSummary.FileName, "[]");
        Assert.Contains("not the summary", Assert.Throws<RecordException>(() => RunSummary.Read(run)).Message, StringComparison.Ordinal);
    }
}
