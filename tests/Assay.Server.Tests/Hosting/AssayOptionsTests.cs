using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Hosting;

public sealed class AssayOptionsTests
{
    [Fact]
    public void Nothing_needs_to_be_set()
    {
        var options = AssayOptions.Read(null, null, null);
        Assert.Equal("Data Source=assay.db", options.Storage);
        Assert.Equal(new Uri("http://127.0.0.1:5080"), Assert.Single(options.Urls));
        Assert.True(options.IsLoopback);
    }

    [Fact]
    public void Rows_are_kept_for_ever_and_ids_as_hashes_unless_it_is_set()
    {
        var set = AssayOptions.Read(null, null, null, keepRowsDays: "90", keepEventIds: true);
        Assert.Equal((90, true), (set.KeepRowsDays, set.KeepEventIds));
        Assert.Equal((null, false), (AssayOptions.Read(null, null, null).KeepRowsDays, AssayOptions.Read(null, null, null).KeepEventIds));
        foreach (var days in (string[])["0", "-1", "1.5", "40000", "many"])
            Assert.Contains(days, Assert.Single(Assert.Throws<OptionsException>(() => AssayOptions.Read(null, null, null, keepRowsDays: days)).Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1;http://localhost:2;http://[::1]:3", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://example.org:5080", false)]
    [InlineData("http://127.0.0.1:1;http://192.168.0.2:1", false)]
    public void Loopback_is_every_address_or_none(string urls, bool loopback) => Assert.Equal(loopback, AssayOptions.Read(null, null, urls).IsLoopback);

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var refused = Assert.Throws<OptionsException>(() => AssayOptions.Read("Host=localhost;Bogus=1", "clickhouse://localhost", "ftp://x;5080"));
        Assert.Collection(
            refused.Errors,
            error => Assert.Contains("storage: not a connection string", error, StringComparison.Ordinal),
            error => Assert.Contains("ftp://x", error, StringComparison.Ordinal),
            error => Assert.Contains("'5080'", error, StringComparison.Ordinal),
            error => Assert.Contains("events", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host=db;Database=assay;Username=assay;Password=secret")]
    [InlineData("Server=db")]
    public void A_host_makes_it_PostgreSQL(string storage) => Assert.True(StorageEngines.IsPostgres(AssayOptions.Read(storage, null, null).Storage));

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("Data Source=file:assay?mode=memory&cache=shared")]
    [InlineData("Data Source=file:assay?cache=shared&MODE=Memory")]
    [InlineData("Data Source=file:assay?mode=%6Demory")]
    [InlineData("Data Source=file:/assay?vfs=memdb")]
    [InlineData("Data Source=file:%3Amemory:")]
    [InlineData("Data Source=")]
    [InlineData("nonsense")]
    [InlineData("Data Source=a;Bogus=1")]
    public void A_storage_that_cannot_keep_anything_is_refused(string storage) =>
        Assert.StartsWith("storage: ", Assert.Single(Assert.Throws<OptionsException>(() => AssayOptions.Read(storage, null, null)).Errors), StringComparison.Ordinal);
}
