using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using ZstdSharp;

namespace Caudata.Records;

/// <summary>A step of a run that is finished.</summary>
/// <param name="Name">Name of the step, unique in the run.</param>
/// <param name="Inputs">Hash of all that the step depends on; a step with another hash must be done again.</param>
/// <param name="Output">Hash of what it made, or empty.</param>
/// <param name="Elapsed">How long it took; zero when unknown.</param>
public sealed record StepRecord(string Name, string Inputs, string Output, TimeSpan Elapsed);

/// <summary>What reading one document gave, as the ledger keeps it.</summary>
/// <param name="Json">The reading as UTF-8 JSON (kept compressed).</param>
/// <param name="Tokens">Tokens spent on it.</param>
/// <param name="Money">Money spent on it, in the currency of the run.</param>
public sealed record LedgerReading(byte[] Json, long Tokens, double Money);

/// <summary>A model's reply.</summary>
/// <param name="Model">Name of the model that replied.</param>
/// <param name="Text">The reply.</param>
/// <param name="TokensIn">Tokens sent.</param>
/// <param name="TokensOut">Tokens received.</param>
/// <param name="Money">What it cost, in the currency of the run.</param>
public sealed record LedgerReply(string Model, string Text, long TokensIn, long TokensOut, double Money);

/// <summary>Money, tokens and calls of one kind, summed.</summary>
/// <param name="Kind">What it was spent on, for example <c>extract</c>.</param>
/// <param name="Calls">Number of calls, or documents read.</param>
/// <param name="Tokens">Tokens, in and out.</param>
/// <param name="Money">Money, in the currency of the run.</param>
/// <param name="Elapsed">Time spent waiting or computing.</param>
public sealed record Spend(string Kind, long Calls, long Tokens, double Money, TimeSpan Elapsed);

/// <summary>The memory of a run: one SQLite file in which steps done, readings, replies, spending, checkpoints, rejections and the SelectionLog are kept.</summary>
/// <remarks>
/// <para>Everything added since the last <see cref="Commit"/> belongs to one transaction: after <c>kill -9</c> the ledger is as it was at the last commit, whole. So a round adds what it
/// did and commits once. Write-ahead log, full synchronisation: a commit survives a loss of power.</para>
/// <para>Thread-safe: one caller at a time.</para>
/// </remarks>
public sealed class Ledger : IDisposable
{
    private const int Version = 1;
    private const string Schema = """
        CREATE TABLE steps(name TEXT PRIMARY KEY, inputs TEXT NOT NULL, output TEXT NOT NULL, milliseconds INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE readings(content BLOB NOT NULL, extractor TEXT NOT NULL, size INTEGER NOT NULL, json BLOB NOT NULL, tokens INTEGER NOT NULL, money REAL NOT NULL, PRIMARY KEY(content, extractor));
        CREATE TABLE replies(request BLOB PRIMARY KEY, model TEXT NOT NULL, size INTEGER NOT NULL, reply BLOB NOT NULL, tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL, money REAL NOT NULL);
        CREATE TABLE spend(id INTEGER PRIMARY KEY, round INTEGER NOT NULL, kind TEXT NOT NULL, calls INTEGER NOT NULL, tokens INTEGER NOT NULL, money REAL NOT NULL, milliseconds INTEGER NOT NULL);
        CREATE TABLE selections(id INTEGER PRIMARY KEY, log TEXT NOT NULL, round INTEGER NOT NULL, unit TEXT NOT NULL, unit_index INTEGER NOT NULL, arm INTEGER NOT NULL, policy TEXT NOT NULL,
            propensity REAL, inclusion REAL, cost REAL, reward REAL, parts BLOB NOT NULL, pairs INTEGER NOT NULL, relevant INTEGER);
        CREATE INDEX selections_by_log ON selections(log, id);
        CREATE TABLE rejections(id INTEGER PRIMARY KEY, step TEXT NOT NULL, reason TEXT NOT NULL, place TEXT NOT NULL, detail TEXT NOT NULL);
        CREATE TABLE checkpoints(key TEXT PRIMARY KEY, size INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;
        """;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Compressor _compressor = new(3);
    private readonly Decompressor _decompressor = new();
    private readonly string _path;
    private SqliteTransaction? _transaction;

    private Ledger(string path, SqliteConnection connection)
    {
        _path = path;
        _connection = connection;
    }

    /// <summary>Opens a ledger, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readOnly">True to look at it while another process may be writing; then it must exist.</param>
    /// <exception cref="RecordException">The file is damaged, is not a ledger, is of another version, or is absent though <paramref name="readOnly"/>.</exception>
    /// <remarks>Checks the whole file's structure (SQLite's quick_check): about a second per gigabyte.</remarks>
    public static Ledger Open(string path, bool readOnly = false)
    {
        if (readOnly && !File.Exists(path))
        {
            throw new RecordException($"There is no ledger at '{path}'; expected one in every run folder. Give the folder of a run that was started.");
        }

        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        Ledger ledger = new(path, connection);
        try
        {
            connection.Open();
            ledger.Prepare(readOnly);
            return ledger;
        }
        catch (SqliteException e)
        {
            ledger.Dispose();
            throw ledger.Damaged(e.Message, e);
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    private void Prepare(bool readOnly)
    {
        if (!readOnly)
        {
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("PRAGMA wal_autocheckpoint=4000");
        }

        string check = Scalar("PRAGMA quick_check(1)") as string ?? "";
        if (check != "ok")
        {
            throw Damaged(check, null);
        }

        long version = (long)Scalar("PRAGMA user_version")!, tables = (long)Scalar("SELECT count(*) FROM sqlite_master")!;
        if (version == 0 && tables == 0 && !readOnly)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            Execute(Schema);
            Execute("PRAGMA user_version=" + Version.ToString(CultureInfo.InvariantCulture));
            transaction.Commit();
        }
        else if (version != Version)
        {
            throw new RecordException(
                $"The ledger '{_path}' is of version {version}; this program writes and reads version {Version}. Use the program that made the run, or start a new run folder.");
        }
    }

    private RecordException Damaged(string found, Exception? cause)
    {
        string message = $"The ledger '{_path}' is damaged or cannot be opened: {found}. Expected a SQLite file as this program writes it. Restore it from a copy, or remove the run folder and run again.";
        return cause is null ? new RecordException(message) : new RecordException(message, cause);
    }

    /// <summary>Makes everything added since the last commit permanent, all at once. Does nothing when nothing was added.</summary>
    public void Commit()
    {
        lock (_lock)
        {
            _transaction?.Commit();
            _transaction?.Dispose();
            _transaction = null;
        }
    }

    /// <summary>Forgets everything added since the last commit.</summary>
    public void Rollback()
    {
        lock (_lock)
        {
            _transaction?.Rollback();
            _transaction?.Dispose();
            _transaction = null;
        }
    }

    /// <summary>The finished step of that name, or null.</summary>
    /// <param name="name">Name of the step.</param>
    public StepRecord? FindStep(string name)
    {
        lock (_lock)
        {
            using SqliteDataReader reader = Bind("SELECT inputs, output, milliseconds FROM steps WHERE name=$0", name).ExecuteReader();
            return reader.Read() ? new StepRecord(name, reader.GetString(0), reader.GetString(1), TimeSpan.FromMilliseconds(reader.GetInt64(2))) : null;
        }
    }

    /// <summary>True when the step was finished with the same inputs.</summary>
    /// <param name="name">Name of the step.</param>
    /// <param name="inputs">Hash of all that it depends on.</param>
    public bool IsDone(string name, string inputs) => FindStep(name)?.Inputs == inputs;

    /// <summary>All finished steps, by name.</summary>
    public ImmutableArray<StepRecord> Steps()
    {
        lock (_lock)
        {
            ImmutableArray<StepRecord>.Builder steps = ImmutableArray.CreateBuilder<StepRecord>();
            using SqliteDataReader reader = Bind("SELECT name, inputs, output, milliseconds FROM steps ORDER BY name").ExecuteReader();
            while (reader.Read())
            {
                steps.Add(new StepRecord(reader.GetString(0), reader.GetString(1), reader.GetString(2), TimeSpan.FromMilliseconds(reader.GetInt64(3))));
            }

            return steps.ToImmutable();
        }
    }

    /// <summary>Records a finished step, in place of an older record of that name.</summary>
    /// <param name="step">The step.</param>
    public void AddStep(StepRecord step) =>
        Write("INSERT OR REPLACE INTO steps VALUES($0,$1,$2,$3)", step.Name, step.Inputs, step.Output, (long)step.Elapsed.TotalMilliseconds);

    /// <summary>Forgets that a step was done.</summary>
    /// <param name="name">Name of the step.</param>
    public void RemoveStep(string name) => Write("DELETE FROM steps WHERE name=$0", name);

    /// <summary>The reading of a document by an extractor, or null when it was never read.</summary>
    /// <param name="content">Hash of the document's content.</param>
    /// <param name="extractor">Name and version of the extractor.</param>
    public LedgerReading? FindReading(ContentHash content, string extractor)
    {
        lock (_lock)
        {
            using SqliteDataReader reader = Bind("SELECT size, json, tokens, money FROM readings WHERE content=$0 AND extractor=$1", content.ToBytes(), extractor).ExecuteReader();
            return reader.Read() ? new LedgerReading(Unpack(reader, 1, 0), reader.GetInt64(2), reader.GetDouble(3)) : null;
        }
    }

    /// <summary>Keeps a reading; one that is there already stays.</summary>
    /// <param name="content">Hash of the document's content.</param>
    /// <param name="extractor">Name and version of the extractor.</param>
    /// <param name="reading">The reading.</param>
    public void AddReading(ContentHash content, string extractor, LedgerReading reading)
    {
        lock (_lock)
        {
            Write("INSERT OR IGNORE INTO readings VALUES($0,$1,$2,$3,$4,$5)", content.ToBytes(), extractor, (long)reading.Json.Length, Pack(reading.Json), reading.Tokens, reading.Money);
        }
    }

    /// <summary>Number of readings kept.</summary>
    public long ReadingCount => Count("SELECT count(*) FROM readings");

    /// <summary>The reply to a request, or null when it was never asked.</summary>
    /// <param name="request">Hash of the whole request: model, messages and options.</param>
    public LedgerReply? FindReply(ContentHash request)
    {
        lock (_lock)
        {
            using SqliteDataReader reader = Bind("SELECT model, size, reply, tokens_in, tokens_out, money FROM replies WHERE request=$0", request.ToBytes()).ExecuteReader();
            return reader.Read()
                ? new LedgerReply(reader.GetString(0), Encoding.UTF8.GetString(Unpack(reader, 2, 1)), reader.GetInt64(3), reader.GetInt64(4), reader.GetDouble(5))
                : null;
        }
    }

    /// <summary>Keeps a reply; one that is there already stays.</summary>
    /// <param name="request">Hash of the whole request.</param>
    /// <param name="reply">The reply.</param>
    public void AddReply(ContentHash request, LedgerReply reply)
    {
        lock (_lock)
        {
            byte[] text = Encoding.UTF8.GetBytes(reply.Text);
            Write("INSERT OR IGNORE INTO replies VALUES($0,$1,$2,$3,$4,$5,$6)", request.ToBytes(), reply.Model, (long)text.Length, Pack(text), reply.TokensIn, reply.TokensOut, reply.Money);
        }
    }

    /// <summary>Adds to what was spent.</summary>
    /// <param name="round">The round that spent it.</param>
    /// <param name="spend">What was spent.</param>
    public void AddSpend(int round, Spend spend) =>
        Write("INSERT INTO spend(round,kind,calls,tokens,money,milliseconds) VALUES($0,$1,$2,$3,$4,$5)",
            (long)round, spend.Kind, spend.Calls, spend.Tokens, spend.Money, (long)spend.Elapsed.TotalMilliseconds);

    /// <summary>What was spent so far, summed by kind, in the order of their names.</summary>
    public ImmutableArray<Spend> TotalSpend()
    {
        lock (_lock)
        {
            ImmutableArray<Spend>.Builder sums = ImmutableArray.CreateBuilder<Spend>();
            using SqliteDataReader reader = Bind("SELECT kind, sum(calls), sum(tokens), total(money), sum(milliseconds) FROM spend GROUP BY kind ORDER BY kind").ExecuteReader();
            while (reader.Read())
            {
                sums.Add(new Spend(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetDouble(3), TimeSpan.FromMilliseconds(reader.GetInt64(4))));
            }

            return sums.ToImmutable();
        }
    }

    /// <summary>Keeps a value under a key, in place of an older one: the state of a loop between rounds.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Any bytes.</param>
    public void SetCheckpoint(string key, ReadOnlySpan<byte> value)
    {
        lock (_lock)
        {
            Write("INSERT OR REPLACE INTO checkpoints VALUES($0,$1,$2)", key, (long)value.Length, Pack(value));
        }
    }

    /// <summary>The value under a key, or null.</summary>
    /// <param name="key">The key.</param>
    public byte[]? FindCheckpoint(string key)
    {
        lock (_lock)
        {
            using SqliteDataReader reader = Bind("SELECT size, value FROM checkpoints WHERE key=$0", key).ExecuteReader();
            return reader.Read() ? Unpack(reader, 1, 0) : null;
        }
    }

    /// <summary>The SelectionLog of that name.</summary>
    /// <param name="name">A run that compares policies keeps one log a policy and seed. Default <c>main</c>.</param>
    public SelectionLog Selections(string name = "main") => new(this, name);

    /// <summary>The names of all SelectionLogs that hold a row, in ordinal order.</summary>
    public ImmutableArray<string> SelectionLogs()
    {
        lock (_lock)
        {
            ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
            using SqliteDataReader reader = Bind("SELECT DISTINCT log FROM selections ORDER BY log").ExecuteReader();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }

            return names.ToImmutable();
        }
    }

    internal void AddSelection(string log, Selection row) =>
        Write("INSERT INTO selections(log,round,unit,unit_index,arm,policy,propensity,inclusion,cost,reward,parts,pairs,relevant) VALUES($0,$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
            log, (long)row.Round, row.Unit, (long)row.Index, (long)row.Arm, row.Policy, row.Propensity, row.InclusionProbability, row.Cost, row.Reward, PackParts(row.RewardParts), (long)row.Pairs,
            row.Relevant is int relevant ? (long)relevant : DBNull.Value);

    internal IEnumerable<Selection> ReadSelections(string log)
    {
        const int Page = 1000;
        long after = 0;
        while (true)
        {
            List<Selection> page = [];
            lock (_lock)
            {
                using SqliteDataReader reader = Bind(
                    "SELECT id,round,unit,unit_index,arm,policy,propensity,inclusion,cost,reward,parts,pairs,relevant FROM selections WHERE log=$0 AND id>$1 ORDER BY id LIMIT $2",
                    log, after, (long)Page).ExecuteReader();
                while (reader.Read())
                {
                    after = reader.GetInt64(0);
                    page.Add(new Selection
                    {
                        Round = reader.GetInt32(1),
                        Unit = reader.GetString(2),
                        Index = reader.GetInt32(3),
                        Arm = reader.GetInt32(4),
                        Policy = reader.GetString(5),
                        Propensity = Number(reader, 6),
                        InclusionProbability = Number(reader, 7),
                        Cost = Number(reader, 8),
                        Reward = Number(reader, 9),
                        RewardParts = UnpackParts((byte[])reader.GetValue(10)),
                        Pairs = reader.GetInt32(11),
                        Relevant = reader.IsDBNull(12) ? null : reader.GetInt32(12),
                    });
                }
            }

            foreach (Selection row in page)
            {
                yield return row;
            }

            if (page.Count < Page)
            {
                yield break;
            }
        }
    }

    internal long CountSelections(string log) => Count("SELECT count(*) FROM selections WHERE log=$0", log);

    internal void RemoveSelections(string log, int fromRound) => Write("DELETE FROM selections WHERE log=$0 AND round>=$1", log, (long)fromRound);

    internal void AddRejection(Rejection rejection) =>
        Write("INSERT INTO rejections(step,reason,place,detail) VALUES($0,$1,$2,$3)", rejection.Step, rejection.Reason, rejection.Where, rejection.Detail);

    internal void RemoveRejections(string step) => Write("DELETE FROM rejections WHERE step=$0", step);

    internal ImmutableArray<RejectionCount> CountRejections()
    {
        lock (_lock)
        {
            ImmutableArray<RejectionCount>.Builder counts = ImmutableArray.CreateBuilder<RejectionCount>();
            using SqliteDataReader reader = Bind("SELECT step, reason, count(*) FROM rejections GROUP BY step, reason ORDER BY step, reason").ExecuteReader();
            while (reader.Read())
            {
                counts.Add(new RejectionCount(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
            }

            return counts.ToImmutable();
        }
    }

    /// <summary>Hands over all rejections of one step and reason, ordered by place and detail as bytes: the order does not depend on that of adding.</summary>
    internal void ForEachRejection(string step, string reason, Action<Rejection> receive)
    {
        lock (_lock)
        {
            using SqliteDataReader reader = Bind("SELECT place, detail FROM rejections WHERE step=$0 AND reason=$1 ORDER BY place, detail", step, reason).ExecuteReader();
            while (reader.Read())
            {
                receive(new Rejection(step, reason, reader.GetString(0), reader.GetString(1)));
            }
        }
    }

    /// <summary>Closes the ledger. What was not committed is forgotten, as after a crash.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _transaction?.Dispose();
            _transaction = null;
            foreach (SqliteCommand command in _commands.Values)
            {
                command.Dispose();
            }

            _commands.Clear();
            _connection.Dispose();
            _compressor.Dispose();
            _decompressor.Dispose();
        }
    }

    private byte[] Pack(ReadOnlySpan<byte> bytes) => _compressor.Wrap(bytes).ToArray();

    private byte[] Unpack(SqliteDataReader reader, int column, int sizeColumn)
    {
        byte[] result = new byte[reader.GetInt32(sizeColumn)];
        try
        {
            int written = _decompressor.Unwrap((byte[])reader.GetValue(column), result);
            return written == result.Length ? result : throw Damaged($"a value has {written} bytes, {result.Length} were written", null);
        }
        catch (ZstdException e)
        {
            throw Damaged("a compressed value does not unpack: " + e.Message, e);
        }
    }

    private static byte[] PackParts(ImmutableArray<NamedValue> parts)
    {
        using MemoryStream stream = new();
        Span<byte> number = stackalloc byte[8];
        foreach (NamedValue part in parts)
        {
            byte[] name = Encoding.UTF8.GetBytes(part.Name);
            BinaryPrimitives.WriteInt32LittleEndian(number, name.Length);
            stream.Write(number[..4]);
            stream.Write(name);
            BinaryPrimitives.WriteDoubleLittleEndian(number, part.Value);
            stream.Write(number);
        }

        return stream.ToArray();
    }

    private static ImmutableArray<NamedValue> UnpackParts(ReadOnlySpan<byte> bytes)
    {
        ImmutableArray<NamedValue>.Builder parts = ImmutableArray.CreateBuilder<NamedValue>();
        while (bytes.Length > 0)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            parts.Add(new NamedValue(Encoding.UTF8.GetString(bytes.Slice(4, length)), BinaryPrimitives.ReadDoubleLittleEndian(bytes[(4 + length)..])));
            bytes = bytes[(12 + length)..];
        }

        return parts.ToImmutable();
    }

    // SQLite keeps NaN as NULL.
    private static double Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? double.NaN : reader.GetDouble(column);

    private long Count(string sql, params ReadOnlySpan<object> values)
    {
        lock (_lock)
        {
            return (long)Bind(sql, values).ExecuteScalar()!;
        }
    }

    private void Write(string sql, params ReadOnlySpan<object> values)
    {
        lock (_lock)
        {
            _transaction ??= _connection.BeginTransaction(deferred: false);
            Bind(sql, values).ExecuteNonQuery();
        }
    }

    private SqliteCommand Bind(string sql, params ReadOnlySpan<object> values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture) });
            }

            _commands.Add(sql, command);
        }

        command.Transaction = _transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] is double number && double.IsNaN(number) ? DBNull.Value : values[i];
        }

        return command;
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
