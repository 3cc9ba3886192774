using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>A PostgreSQL server of the tests' own: on loopback, on a free port, in a folder that goes with it.</summary>
public class PostgresCluster : IAsyncLifetime
{
    private const string Owner = "postgres";
    private const int Attempts = 5;

    /// <summary>Below the ports that systems give to outgoing connections: those take one while the server is stopped.</summary>
    private const int FirstPort = 20_000;

    private static int _lastPort = FirstPort + (Environment.ProcessId % 10_000);
    private readonly string? _programs = FindPrograms();
    private int _port;
    private readonly bool _isDurable;
    private readonly string _folder;
    private readonly string? _log;

    public PostgresCluster()
        : this(isDurable: false)
    {
    }

    /// <param name="isDurable">With fsync and on disk; otherwise as fast as can be, for histories by the hundred.</param>
    protected PostgresCluster(bool isDurable)
    {
        _isDurable = isDurable;
        var parent = !isDurable && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _folder = Path.Combine(parent, $"assay-postgres-{Guid.NewGuid():n}");
    }

    /// <summary>A durable one whose write-ahead log is set aside in small pieces.</summary>
    /// <param name="folder">Where its data go.</param>
    /// <param name="log">Where its write-ahead log goes.</param>
    protected PostgresCluster(string folder, string log)
    {
        (_isDurable, _folder, _log) = (true, folder, log);
    }

    public int Port => _port;

    /// <summary>Skips the test that asks where there is no PostgreSQL to start.</summary>
    public void SkipUnlessHere() => Assert.SkipWhen(_programs is null, "PostgreSQL's programs are not here.");

    public async ValueTask InitializeAsync()
    {
        if (_programs is null) return;
        string[] log = _log is null ? [] : ["--wal-segsize=1", $"--waldir={_log}"];
        await RunAsync("initdb", ["-D", _folder, "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions", .. log]);
        await StartAsync(() => _port = FreePort());
    }

    /// <summary>Starts it again, on the port that it had.</summary>
    public Task StartAsync() => StartAsync(static () => { });

    private async Task StartAsync(Action prepare)
    {
        // Between the look at a port and its use somebody else may take it.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                prepare();
                await StartOnceAsync();
                return;
            }
            catch (Win32Exception) when (attempt < Attempts)
            {
                // The server's log, which goes with the folder, says more; the last attempt is the one that fails.
            }
        }
    }

    private Task StartOnceAsync() => RunAsync("pg_ctl", "start", "-s", "-w", "-D", _folder, "-l", Path.Combine(_folder, "log"), "-o",
        $"-c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories= -c max_connections=60 -c shared_buffers=64MB{(_isDurable ? "" : " -c fsync=off -c full_page_writes=off")}{(_log is null ? "" : " -c min_wal_size=2MB")}");

    /// <summary>Stops as a power cut does: no checkpoint, every connection cut.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "stop", "-s", "-w", "-m", "immediate", "-D", _folder);

    /// <summary>Starts it if it has ended, and waits until it answers.</summary>
    public Task BringBackAsync() => Wait.UntilAsync(async () =>
    {
        if (!File.Exists(Path.Combine(_folder, "postmaster.pid"))) await StartAsync();
        try
        {
            await ExecuteAsync("select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // It ends, or recovers.
        }
    });

    /// <summary>A fresh database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"assay_{Guid.NewGuid():n}";
        await ExecuteAsync($"create database {name}");
        return $"Host=127.0.0.1;Port={_port};Username={Owner};Database={name}";
    }

    public Task DropDatabaseAsync(string storage) => ExecuteAsync($"drop database {new NpgsqlConnectionStringBuilder(storage).Database} with (force)");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_programs is null) return;
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username={Owner};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs one of PostgreSQL's programs; they refuse root, which becomes their usual owner.</summary>
    private async Task RunAsync(string program, params string[] arguments)
    {
        string[] command = [.. Environment.UserName == "root" ? ["runuser", "-u", Owner, "--"] : Array.Empty<string>(), Path.Combine(_programs!, program), .. arguments];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = program == "initdb" })!;
        if (program == "initdb") await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new Win32Exception($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>Where Debian keeps them, or where the path leads.</summary>
    private static string? FindPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse().Select(version => Path.Combine(version, "bin")) : [];
        return debian.Concat(Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? []).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _lastPort);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException) when (port < ushort.MaxValue)
            {
                // Taken.
            }
        }
    }
}

/// <summary>One server for all classes that only need a database.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresCluster>
{
    public const string Name = "postgres";
}
