using System.CommandLine;
using Assay.Server.Access;
using Assay.Server.Cli.Simulation;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Cli;

/// <summary><c>assay demo</c>: the server with three simulated experiments, 21 days old and still running.</summary>
internal static class DemoCommand
{
    private const string DemoStorage = "Data Source=assay-demo.db";

    public static Command Create()
    {
        var settings = new SettingsOptions(DemoStorage);
        var command = new Command("demo", "Serve three simulated experiments with 21 days of history and live traffic.");
        settings.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(() => settings.Read(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Func<AssayOptions> read, TextWriter answer, TextWriter notes, CancellationToken cancellation)
    {
        try
        {
            await using var app = Program.Build(read());
            await app.StartAsync(cancellation);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
            try
            {
                await app.Services.GetRequiredService<StorageState>().Ready.WaitAsync(stop.Token);
                await PlayAsync(new Uri(app.Urls.First()), answer, notes, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Ctrl+C is how a demo ends.
            }

            await app.StopAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception refusal) when (refusal is OptionsException or OpenAddressException or IOException)
        {
            await notes.WriteLineAsync($"assay: {refusal.Message}");
            return CommandLine.BadInput;
        }
    }

    private static async Task PlayAsync(Uri address, TextWriter answer, TextWriter notes, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = address };
        var show = new DemoShow(http, DemoExperiments.All, notes, TimeProvider.System);
        await answer.WriteLineAsync($"Assay demo on {address.GetLeftPart(UriPartial.Authority)}");
        await answer.WriteLineAsync("All data is simulated. Seeding 21 days of history …");
        var units = await show.SeedAsync(cancellation);
        await answer.WriteLineAsync(units == 0 ? "History is there already." : $"{units:N0} units seeded.");
        await answer.WriteLineAsync("Live traffic is flowing. Open the address and watch; Ctrl+C ends it.");
        await show.RunAsync(cancellation);
    }
}
