using System.Text;
using Caudata.Records;

namespace Caudata.Tests.Records;

public sealed class LedgerTests : IDisposable
{
    private readonly RunPlace _place = new();

    public void Dispose() => _place.Dispose();

    private Ledger Open(bool readOnly = false) => Ledger.Open(_place["ledger.db"], readOnly);

    [Fact]
    public void All_kinds_of_rows_come_back_after_a_commit()
    {
        ContentHash a = ContentHash.Of("a"), b = ContentHash.OfParts("a", "b");
        byte[] json = Encoding.UTF8.GetBytes("""{"pairs":["ä"]}""");
        using (Ledger ledger = Open())
        {
            ledger.AddStep(new StepRecord("read", "h1", "o1", TimeSpan.FromMilliseconds(1500)));
            ledger.AddReading(a, "structural-1", new LedgerReading(json, 12, 0.5));
            ledger.AddReading(a, "structural-1", new LedgerReading([], 99, 9));
            ledger.AddReading(b, "structural-1", new LedgerReading([], 0, 0));
            ledger.AddReply(b, new LedgerReply("model", "reply 🙂", 3, 4, 0.25));
            ledger.AddSpend(0, new Spend("extract", 2, 30, 0.5, TimeSpan.FromSeconds(1)));
            ledger.AddSpend(1, new Spend("extract", 3, 10, 0.25, TimeSpan.FromSeconds(2)));
            ledger.SetCheckpoint("bandit", [1, 2, 3]);
            ledger.SetCheckpoint("bandit", [4]);
            ledger.Commit();
        }

        using Ledger read = Open(readOnly: true);
        Assert.True(read.IsDone("read", "h1"));
        Assert.False(read.IsDone("read", "h2"));
        Assert.Equal(new StepRecord("read", "h1", "o1", TimeSpan.FromSeconds(1.5)), Assert.Single(read.Steps()));
        LedgerReading reading = read.FindReading(a, "structural-1")!;
        Assert.Equal(json, reading.Json);
        Assert.Equal((12, 0.5), (reading.Tokens, reading.Money));
        Assert.Empty(read.FindReading(b, "structural-1")!.Json);
        Assert.Null(read.FindReading(a, "structural-2"));
        Assert.Equal(2, read.ReadingCount);
        Assert.Equal(new LedgerReply("model", "reply 🙂", 3, 4, 0.25), read.FindReply(b));
        Assert.Null(read.FindReply(a));
        Assert.Equal(new Spend("extract", 5, 40, 0.75, TimeSpan.FromSeconds(3)), Assert.Single(read.TotalSpend()));
        Assert.Equal([4], read.FindCheckpoint("bandit")!);
        Assert.Null(read.FindCheckpoint("other"));
    }

    [Fact]
    public void Selections_come_back_in_order_equal_to_the_last_bit()
    {
        Selection[] rows = [.. Enumerable.Range(0, 2500).Select(i => RunPlace.Row(i / 10, i, i % 2 == 0 ? i : null))];
        using (Ledger ledger = Open())
        {
            foreach (Selection row in rows)
            {
                ledger.Selections().Append(row);
                ledger.Selections("other").Append(row with { Policy = "random" });
            }

            ledger.Commit();
        }

        using Ledger read = Open();
        Assert.Equal(rows, read.Selections().Read());
        Assert.Equal(2500, read.Selections("other").Count);
        Assert.Equal(["main", "other"], read.SelectionLogs());
        read.Selections().RemoveFrom(100);
        Assert.Equal(rows[..1000], read.Selections().Read());
        read.Rollback();
        Assert.Equal(2500, read.Selections().Count);
    }

    [Fact]
    public void What_was_not_committed_is_forgotten_as_one()
    {
        using (Ledger ledger = Open())
        {
            ledger.AddStep(new StepRecord("one", "", "", default));
            ledger.Commit();
            ledger.AddStep(new StepRecord("two", "", "", default));
            ledger.Selections().Append(RunPlace.Row(0, 0));
        }

        using Ledger read = Open();
        Assert.Equal("one", Assert.Single(read.Steps()).Name);
        Assert.Equal(0, read.Selections().Count);
    }

    [Fact]
    public void A_write_ahead_log_torn_at_any_byte_gives_a_whole_number_of_commits()
    {
        // A copy of the files of a live ledger, as kill -9 leaves them; then the log is cut at every byte of its last commit.
        using Ledger ledger = Open();
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < 3; i++)
            {
                ledger.Selections().Append(RunPlace.Row(round, i));
            }

            ledger.AddStep(new StepRecord($"round-{round}", "", "", default));
            ledger.Commit();
        }

        byte[] database = Copy("ledger.db"), log = Copy("ledger.db-wal");
        HashSet<long> seen = [];
        for (int length = log.Length; length > log.Length - 3 * 4120; length -= length > log.Length - 100 ? 1 : 103)
        {
            File.WriteAllBytes(_place["torn.db"], database);
            File.WriteAllBytes(_place["torn.db-wal"], log[..length]);
            File.Delete(_place["torn.db-shm"]);
            using Ledger torn = Ledger.Open(_place["torn.db"]);
            int steps = torn.Steps().Length;
            Assert.Equal(3 * steps, torn.Selections().Count);
            seen.Add(steps);
        }

        Assert.Contains(4, seen);
        Assert.Contains(3, seen);

        byte[] Copy(string name)
        {
            using FileStream stream = new(_place[name], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    [Fact]
    public void Damage_is_told_with_what_to_do()
    {
        File.WriteAllText(_place["ledger.db"], new string('x', 5000));
        RecordException e = Assert.Throws<RecordException>(() => Open());
        Assert.Contains("is damaged", e.Message, StringComparison.Ordinal);
        Assert.Contains("run again", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_overwritten_in_the_middle_is_found_at_opening()
    {
        using (Ledger ledger = Open())
        {
            for (int i = 0; i < 2000; i++)
            {
                ledger.Selections().Append(RunPlace.Row(0, i));
            }

            ledger.Commit();
        }

        byte[] bytes = File.ReadAllBytes(_place["ledger.db"]);
        bytes.AsSpan(bytes.Length / 2 / 4096 * 4096, 4096).Fill(0xEE);
        File.WriteAllBytes(_place["ledger.db"], bytes);
        Assert.Contains("is damaged", Assert.Throws<RecordException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_of_another_version_is_refused()
    {
        using (Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={_place["ledger.db"]};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=9";
            command.ExecuteNonQuery();
        }

        Assert.Contains("version 9", Assert.Throws<RecordException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Contains("no ledger", Assert.Throws<RecordException>(() => Ledger.Open(_place["none.db"], readOnly: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_of_parts_keep_their_borders_and_are_stable()
    {
        Assert.NotEqual(ContentHash.OfParts("ab", "c"), ContentHash.OfParts("a", "bc"));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb924", ContentHash.Of("").ToString());
    }
}
