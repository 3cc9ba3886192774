using System.Collections.Concurrent;
using Assay.Server.Storage;

namespace Assay.Server.Access;

/// <summary>The keys of the installation, remembered for a few seconds: the command line may add one while the server runs.</summary>
internal sealed class KeyRing(ICatalog catalog, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (AccessKey Key, long Until)> _known = new(StringComparer.Ordinal);

    /// <summary>An open server asks at most this often, and so is open this long at most after another process made the first key.</summary>
    private static readonly TimeSpan OpenRemembered = TimeSpan.FromSeconds(1);
    private long _openUntil = long.MinValue;
    private bool _closed;

    /// <summary>Whether no key was ever created. Once one is, that is never asked again.</summary>
    public async ValueTask<bool> IsOpenAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _closed)) return false;
        var now = clock.GetTimestamp();
        if (now < Interlocked.Read(ref _openUntil)) return true;
        if (await catalog.AnyKeyAsync(cancellation)) Volatile.Write(ref _closed, true);
        else Interlocked.Exchange(ref _openUntil, now + Ticks(OpenRemembered));
        return !Volatile.Read(ref _closed);
    }

    /// <summary>Stores a new key; from then on nobody gets in here without one.</summary>
    public async Task AddAsync(AccessKey key, AuditEntry audit, CancellationToken cancellation)
    {
        await catalog.AddKeyAsync(key, audit, cancellation);
        Volatile.Write(ref _closed, true);
    }

    public async ValueTask<AccessKey?> FindAsync(string secret, CancellationToken cancellation)
    {
        var hash = KeySecrets.Hash(secret);
        var now = clock.GetTimestamp();
        if (_known.TryGetValue(hash, out var known) && now < known.Until) return known.Key;
        var key = await catalog.FindKeyAsync(hash, cancellation);
        if (key is null) _known.TryRemove(hash, out _);
        else _known[hash] = (key, now + Ticks(Remembered));
        return key;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * clock.TimestampFrequency);
}
