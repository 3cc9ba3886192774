using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Storage.Sqlite.Runs;
using Assay.Server.Tests.Storage.Retention;

namespace Assay.Server.Tests.Storage.Sqlite;

public abstract class SqliteRetentionContract : RetentionContract, IDisposable
{
    private readonly SqliteStores _stores;

    private protected SqliteRetentionContract(UnitMemory memory) => _stores = new SqliteStores(memory);

    private protected override int Histories => 80;

    public void Dispose()
    {
        _stores.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected override Task<IEventStore> OpenStoreAsync(string name) => _stores.OpenAsync(name);

    private protected override Task<(RowCounts Rows, ISet<string> Users)> StoredAsync(string name)
    {
        using var database = EventDatabase.Reading(_stores.ConnectionString(name));
        var (counts, ids) = (new long[3], new List<long>());
        using (var scan = new RunScan(database, RunKind.Rows))
        {
            for (; scan.Key is not null; scan.Advance())
            {
                for (var place = 0; place < scan.Content.Length;)
                {
                    var row = RowPacking.Read(scan.Content, ref place);
                    counts[(int)row.Kind]++;
                    if (RowIdentity.Of(row) is { } identity) ids.Add(identity.Key);
                }
            }
        }

        var users = new HashSet<string>(StringComparer.Ordinal);
        var fingerprints = new List<long>();
        using (var row = database.Open("select user_id from units"))
        {
            while (row.Step())
            {
                Assert.True(users.Add(row.Text(0)));
                fingerprints.Add(Fingerprint.KeyOf(Fingerprint.Of(row.Text(0))));
            }
        }

        // Of ids and user ids there is nothing but what is there; few ids have the look of one that is.
        Assert.Equal(fingerprints.Order(), Keys(database, RunKind.Users));
        Assert.Empty(ids.Except(Keys(database, RunKind.Ids)));
        Assert.InRange(Keys(database, RunKind.Ids).Except(ids).Count(), 0, 2);
        return Task.FromResult<(RowCounts, ISet<string>)>((new RowCounts(counts[0], counts[1], counts[2]), users));
    }

    private static List<long> Keys(EventDatabase database, RunKind kind)
    {
        var keys = new List<long>();
        using var scan = new RunScan(database, kind);
        for (; scan.Key is { } key; scan.Advance()) keys.Add(key);
        return keys;
    }
}
