using System.CommandLine;
using Assay.Server.Access;
using Assay.Server.Hosting;

namespace Assay.Server.Cli;

/// <summary><c>assay serve</c>: the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var settings = new SettingsOptions();
        var command = new Command("serve", "Serve the API and the pages.");
        var days = new Option<string?>("--keep-rows-days") { Description = "Remove rows that are older than so many days and that no open experiment needs, once a day. [default: everything is kept]", HelpName = "days" };
        settings.AddTo(command);
        command.Add(days);
        var ids = new Option<bool>("--keep-event-ids") { Description = "Keep ids of events that are no UUIDs as they were sent, so that exports of rows tell them. [default: only their hashes]" };
        command.Add(ids);
        command.SetAction((parsed, cancellation) => RunAsync(() => settings.Read(parsed, parsed.GetValue(days), parsed.GetValue(ids)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Func<AssayOptions> read, CancellationToken cancellation)
    {
        try
        {
            await using var app = Program.Build(read());
            app.Lifetime.ApplicationStarted.Register(() => Console.Error.WriteLine($"Assay is served on {string.Join(", ", app.Urls)}"));
            await app.RunAsync(cancellation);
            return 0;
        }
        catch (Exception refusal) when (refusal is OptionsException or OpenAddressException or IOException)
        {
            // An IOException here is Kestrel's "address already in use".
            await Console.Error.WriteLineAsync($"assay: {refusal.Message}");
            return CommandLine.BadInput;
        }
    }
}
