using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage.Sqlite;

public sealed class StorageLockTests
{
    [Fact]
    public async Task A_second_server_on_the_same_file_is_refused_until_the_first_has_ended()
    {
        using var file = await StoreFile.CreateAsync();
        var first = new StorageLock(file.ConnectionString);
        first.Take();
        first.Take();
        using var second = new StorageLock(file.ConnectionString);
        var refused = Assert.Throws<StorageInUseException>(second.Take);
        Assert.Contains("in use by another server", refused.Message, StringComparison.Ordinal);
        first.Dispose();
        second.Take();
    }
}
