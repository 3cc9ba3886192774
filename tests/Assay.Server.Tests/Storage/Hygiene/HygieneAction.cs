using System.Collections.Immutable;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Server.Tests.Storage.Hygiene;

/// <summary>What is done to a person in the middle of a history.</summary>
/// <param name="Before">The item that it comes before.</param>
/// <param name="Kind">What is done.</param>
/// <param name="User">To whom.</param>
/// <param name="Experiment">Null for all experiments.</param>
/// <param name="Into">Of a link the id that it goes to.</param>
internal sealed record HygieneAction(int Before, HygieneKind Kind, string User, string? Experiment, string Into = "")
{
    private static readonly HygieneKind[] Kinds =
    [
        HygieneKind.Link, HygieneKind.Link, HygieneKind.Link, HygieneKind.Link, HygieneKind.Link, HygieneKind.Unlink, HygieneKind.Unlink, HygieneKind.Exclude, HygieneKind.Lift, HygieneKind.Erase,
    ];

    public static Gen<ImmutableArray<HygieneAction>> Some { get; } = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, 3])
        .Select((before, kind, user, from) => new HygieneAction(before, (HygieneKind)(kind / 2), $"u{user}", from == 0 ? null : History.Views[from - 1].Key))
        .Array[1, 8].Select(actions => actions.OrderBy(action => action.Before).ToImmutableArray());

    /// <summary>Mostly links, among few ids, so that hops, rings and second links are common.</summary>
    public static Gen<ImmutableArray<HygieneAction>> SomeOfPersons { get; } = Gen.Select(Gen.Int[0, 40], Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 3])
        .Select((before, kind, user, into, from) => new HygieneAction(before, Kinds[kind], $"u{user}", from == 0 ? null : History.Views[from - 1].Key, $"u{into}"))
        .Array[2, 14].Select(actions => actions.OrderBy(action => action.Before).ToImmutableArray());

    public LinkBatch ToLinks() => new([new LinkItem(0, User, Kind == HygieneKind.Link ? Into : "")], Kind == HygieneKind.Unlink, "tester");

    public ExclusionBatch ToBatch() => new([new ExclusionItem(0, User, Experiment, "a bot")], Kind == HygieneKind.Lift, "tester");
}

internal enum HygieneKind
{
    Exclude,
    Lift,
    Erase,
    Link,
    Unlink,
}
