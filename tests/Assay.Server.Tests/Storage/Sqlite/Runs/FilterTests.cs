using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Tests.Storage.Sqlite.Runs;

public sealed class FilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void It_never_denies_a_key_and_takes_about_one_in_a_thousand_for_one(int keys)
    {
        var filter = Filter.For(keys);
        for (var key = 1L; key <= keys; key++) filter.Add(key);
        filter = Filter.Read(filter.Write());
        for (var key = 1L; key <= keys; key++) Assert.True(filter.MayHold(key));
        var others = Enumerable.Range(0, 100_000).Count(i => filter.MayHold(keys + 1L + i));
        Assert.InRange(others, 0, 250);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void What_is_no_filter_is_not_taken_for_one(int bytes) => Assert.Throws<Server.Storage.DamagedStorageException>(() => Filter.Read(new byte[bytes]));
}
