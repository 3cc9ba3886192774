using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Verdicts;
using Assay.Sdk;
using Assay.Server.Cli.Simulation;
using Assay.Server.Hosting;

namespace Assay.Server.Cli;

/// <summary><c>assay simulate</c>: drives a running server with units whose truth is known; with a policy, simulates its decisions without one.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var server = new Option<string>("--server") { Description = "Address of the server.", HelpName = "URL", DefaultValueFactory = _ => AssayOptions.DefaultUrls };
        var key = new Option<string?>("--experiment") { Description = "Key of a running experiment." };
        var units = new Option<int>("--units") { Description = "Units to send.", DefaultValueFactory = _ => 10_000 };
        var effect = new Option<double>("--effect-pct") { Description = "True relative effect of every treatment, percent.", DefaultValueFactory = _ => 0 };
        var duplicates = new Option<double>("--duplicates") { Description = "Share of items that are sent twice.", DefaultValueFactory = _ => 0.01 };
        var lost = new Option<double>("--lost") { Description = "Share of the last arm's exposures that are lost: a sample-ratio fault.", DefaultValueFactory = _ => 0 };
        var seed = new Option<int>("--seed") { Description = "The same seed sends the same units.", DefaultValueFactory = _ => 1 };
        var apiKey = new Option<string?>("--key") { Description = "Access key, where the server asks for one." };
        var policy = new Option<FileInfo?>("--policy") { Description = "A design document (JSON): instead of sending anything, simulate how its policy would act, at a grid of true effects.", HelpName = "DESIGN" };
        var runs = new Option<int>("--runs") { Description = "With --policy: experiments an effect.", DefaultValueFactory = _ => OperatingCharacteristics.DefaultRuns };
        var json = new Option<bool>("--json") { Description = "With --policy: print as JSON, as the API answers it." };
        var command = new Command("simulate", "Send simulated units of known truth to a running experiment, spread evenly from its start to now; or, with --policy, simulate a design's decisions before it starts.")
        {
            server, key, units, effect, duplicates, lost, seed, apiKey, policy, runs, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(key) is null == result.GetValue(policy) is null) result.AddError("Either --experiment or --policy is wanted.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(policy) is { } design)
                return await SimulatePolicy.RunAsync(design, parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation);
            if (ServerAddress.Read(parsed.GetValue(server)) is not { } address)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"assay: {ServerAddress.Refusal(parsed.GetValue(server))}");
                return CommandLine.BadInput;
            }

            using var http = new HttpClient { BaseAddress = address };
            var client = new AssayClient(http, new AssayClientOptions { ApiKey = parsed.GetValue(apiKey) });
            try
            {
                var experiment = await client.GetExperimentAsync(parsed.GetValue(key)!, cancellation);
                if (experiment.GetProperty("started_at") is not { ValueKind: JsonValueKind.String } startedAt)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"assay: {parsed.GetValue(key)} has not been started.");
                    return CommandLine.BadInput;
                }

                var started = startedAt.GetDateTimeOffset();
                var tested = DesignReader.Read(experiment.GetProperty("design")).Design!;
                var truth = Truth.Of(tested) with
                {
                    EffectPct = parsed.GetValue(effect),
                    DuplicateShare = parsed.GetValue(duplicates),
                    LostShare = parsed.GetValue(lost),
                };
                var prefix = string.Create(CultureInfo.InvariantCulture, $"sim-{parsed.GetValue(seed)}");
                var traffic = new Traffic(client, tested, truth, (ulong)parsed.GetValue(seed), prefix);
                await traffic.BackfillAsync(started, TimeProvider.System.GetUtcNow(), parsed.GetValue(units), cancellation);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{traffic.Sent} units sent to {tested.Key}"));
                return 0;
            }
            catch (AssayException refused)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"assay: {refused.Message}");
                return 1;
            }
        });
        return command;
    }
}
