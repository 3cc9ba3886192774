namespace Assay.Benchmarks.Load;

/// <summary>Where a run takes place: a database, and units that came over twenty days until four days ago.</summary>
internal sealed class Ground : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-load-");

    /// <param name="units">How many.</param>
    /// <param name="storage">An empty database; a SQLite file of its own unless given.</param>
    public Ground(int units, string? storage)
    {
        Units = units;
        Storage = storage ?? Databases.File(_folder, "load");
    }

    public int Units { get; }

    public string Storage { get; }

    public TimeSpan Span { get; } = TimeSpan.FromDays(20);

    public DateTimeOffset Start { get; } = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(24);

    /// <summary>The connection string of a second file beside the first.</summary>
    public string File(string name) => Databases.File(_folder, name);

    /// <summary>Makes the experiment and puts its units in, below HTTP.</summary>
    public async Task BeginAsync()
    {
        using (var server = await ServerProcess.StartAsync(Storage))
        {
            using var http = Driver.Connect(server.Address);
            await Driver.BeginAsync(http, Start);
        }

        await Filling.ExposeAsync(Storage, 0, Units, Units, Start, Span);
    }

    public byte[] Events(long from, int count, HotUnit? hot = null) => Bodies.Events(from, count, Units, Start, Span, hot);

    public void Dispose() => _folder.Delete(recursive: true);
}
