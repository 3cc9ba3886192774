using System.Collections.Immutable;
using System.Globalization;
using Assay.Server.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Server.Hosting;

/// <summary>Everything that can be set, validated. From arguments, then <c>ASSAY__…</c> in the environment, then <c>appsettings.json</c> in the working folder, then the defaults.</summary>
/// <param name="Storage">A connection string of SQLite or PostgreSQL.</param>
/// <param name="Urls">Addresses to serve on.</param>
internal sealed record AssayOptions(string Storage, ImmutableArray<Uri> Urls)
{
    private const int MostDays = 36_500;

    public const string DefaultStorage = "Data Source=assay.db";
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>What is used where nothing is set.</summary>
    public static AssayOptions Default { get; } = new(DefaultStorage, [new Uri(DefaultUrls)]);

    /// <summary>Rows that are older than so many days, and that no open experiment needs, are removed; null: everything is kept.</summary>
    public int? KeepRowsDays { get; init; }

    /// <summary>Whether ids of events that are no UUIDs are kept as they were sent, beside their hashes.</summary>
    public bool KeepEventIds { get; init; }

    /// <summary>Whether only programs of this machine can reach the server.</summary>
    public bool IsLoopback => Urls.All(url => url.IsLoopback);

    /// <summary>Reads the settings; every error at once.</summary>
    /// <exception cref="OptionsException">A setting is wrong.</exception>
    public static AssayOptions Read(string? storage, string? events, string? urls, string defaultStorage = DefaultStorage, string? keepRowsDays = null, bool keepEventIds = false)
    {
        var settings = Settings();
        var errors = new List<string>();
        var readStorage = ReadStorage(storage ?? settings["Assay:Storage"] ?? defaultStorage, errors);
        var readUrls = ReadUrls(urls ?? settings["Assay:Urls"] ?? DefaultUrls, errors);
        if (!string.IsNullOrWhiteSpace(events ?? settings["Assay:Events"]))
            errors.Add("events: events elsewhere (ClickHouse) are not supported yet; leave --events out.");
        var readDays = ReadDays(keepRowsDays ?? settings["Assay:Keep_Rows_Days"], errors);
        var readIds = keepEventIds || ReadSwitch(settings["Assay:Keep_Event_Ids"], errors);
        return errors.Count == 0 ? new AssayOptions(readStorage, readUrls) { KeepRowsDays = readDays, KeepEventIds = readIds } : throw new OptionsException(errors);
    }

    private static IConfigurationRoot Settings()
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(Directory.GetCurrentDirectory())
                .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
                .AddEnvironmentVariables()
                .Build();
        }
        catch (InvalidDataException malformed)
        {
            throw new OptionsException([$"appsettings.json: {malformed.InnerException?.Message ?? malformed.Message}"]);
        }
    }

    private static string ReadStorage(string text, List<string> errors)
    {
        try
        {
            if (StorageEngines.IsPostgres(text)) return new NpgsqlConnectionStringBuilder(text).ConnectionString;

            var sqlite = new SqliteConnectionStringBuilder(text);
            if (sqlite.DataSource.Length == 0) errors.Add("storage: a SQLite connection string needs a Data Source.");
            else if (sqlite.Mode == SqliteOpenMode.Memory || IsInMemory(sqlite.DataSource))
                errors.Add("storage: an in-memory database would lose acknowledged events; give a file.");
            return sqlite.ConnectionString;
        }
        catch (ArgumentException malformed)
        {
            errors.Add($"storage: not a connection string: {malformed.Message}");
            return text;
        }
    }

    private static int? ReadDays(string? text, List<string> errors)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays) return days;
        errors.Add($"keep-rows-days: '{text}' is no whole number of days from 1 to {MostDays}.");
        return null;
    }

    private static bool ReadSwitch(string? text, List<string> errors)
    {
        if (string.IsNullOrEmpty(text)) return false;
        if (!bool.TryParse(text, out var isOn)) errors.Add($"keep-event-ids: '{text}' is neither true nor false.");
        return isOn;
    }

    /// <summary>SQLite reads a source that begins with <c>file:</c> as a URI, whose query can ask for memory too.</summary>
    private static bool IsInMemory(string source)
    {
        var read = source.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(source) : source;
        return read.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
            || (read.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                && (read.Contains("mode=memory", StringComparison.OrdinalIgnoreCase) || read.Contains("vfs=memdb", StringComparison.OrdinalIgnoreCase)));
    }

    private static ImmutableArray<Uri> ReadUrls(string text, List<string> errors)
    {
        var urls = ImmutableArray.CreateBuilder<Uri>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Kestrel's wildcards are no URI; they mean every address of the machine.
            var readable = part.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(readable, UriKind.Absolute, out var url) || url.Scheme is not "http")
                errors.Add($"urls: '{part}' is not an address like {DefaultUrls} (http only; put a proxy in front for https).");
            else if (url.PathAndQuery is not "/") errors.Add($"urls: '{part}' has a path; give scheme, host and port only.");
            else urls.Add(url);
        }

        if (urls.Count == 0 && errors.Count == 0) errors.Add("urls: there is no address to serve on.");
        return urls.ToImmutable();
    }
}

/// <summary>Settings that cannot be started with, all of them.</summary>
internal sealed class OptionsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
