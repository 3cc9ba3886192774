using System.CommandLine;
using Assay.Server.Hosting;

namespace Assay.Server.Cli;

/// <summary>The arguments that <see cref="AssayOptions"/> are read from, the same on every command that has them.</summary>
/// <param name="defaultStorage">Where a command keeps its data when nothing says otherwise.</param>
internal sealed class SettingsOptions(string defaultStorage = AssayOptions.DefaultStorage)
{
    private readonly Option<string?> _storage = new("--storage") { Description = $"A SQLite file (\"Data Source=…\") or a PostgreSQL server (\"Host=…\"). [default: {defaultStorage}]", HelpName = "connection" };
    private readonly Option<string?> _events = new("--events") { Description = "Events elsewhere (not supported yet).", HelpName = "connection" };
    private readonly Option<string?> _urls = new("--urls") { Description = $"Addresses to serve on, with ; between. [default: {AssayOptions.DefaultUrls}]", HelpName = "urls" };

    public void AddTo(Command command)
    {
        command.Add(_urls);
        AddStorageTo(command);
    }

    public void AddStorageTo(Command command)
    {
        command.Add(_storage);
        command.Add(_events);
    }

    /// <exception cref="OptionsException">A setting is wrong.</exception>
    public AssayOptions Read(ParseResult parsed, string? keepRowsDays = null, bool keepEventIds = false) =>
        AssayOptions.Read(parsed.GetValue(_storage), parsed.GetValue(_events), parsed.GetResult(_urls) is null ? null : parsed.GetValue(_urls), defaultStorage, keepRowsDays, keepEventIds);
}
