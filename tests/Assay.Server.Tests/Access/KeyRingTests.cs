using Assay.Server.Access;
using Assay.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Access;

public sealed class KeyRingTests
{
    private static readonly AuditEntry Audit = new(DateTimeOffset.UnixEpoch, "test", "key_created", Experiment: null, "{}");
    private readonly FakeTimeProvider _time = new();
    private readonly FakeCatalog _catalog = new();
    private readonly KeyRing _ring;

    public KeyRingTests() => _ring = new KeyRing(_catalog, _time);

    [Fact]
    public async Task An_open_server_asks_the_catalog_once_a_second_and_not_at_every_request()
    {
        for (var request = 0; request < 100; request++) Assert.True(await IsOpenAsync());
        Assert.Equal(1, _catalog.KeyQuestions);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await IsOpenAsync());
        Assert.Equal(2, _catalog.KeyQuestions);
    }

    [Fact]
    public async Task The_first_key_closes_the_server_at_once()
    {
        Assert.True(await IsOpenAsync());
        await _ring.AddAsync(NewKey(), Audit, TestContext.Current.CancellationToken);
        Assert.False(await IsOpenAsync());
    }

    [Fact]
    public async Task The_first_key_of_another_process_closes_it_within_a_second_and_for_good()
    {
        Assert.True(await IsOpenAsync());
        await _catalog.AddKeyAsync(NewKey(), Audit, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsOpenAsync());
        var asked = _catalog.KeyQuestions;
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(await IsOpenAsync());
        Assert.Equal(asked, _catalog.KeyQuestions);
    }

    private static AccessKey NewKey() => KeySecrets.Create(AccessScope.Read, DateTimeOffset.UnixEpoch).Key;

    private ValueTask<bool> IsOpenAsync() => _ring.IsOpenAsync(TestContext.Current.CancellationToken);
}
