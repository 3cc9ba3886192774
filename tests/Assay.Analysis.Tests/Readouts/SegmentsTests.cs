using System.Text;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Tests.Readouts;

public sealed class SegmentsTests
{
    [Fact]
    public void A_design_without_segments_has_none_in_its_readout() =>
        Assert.Equal((Validity.ReferenceOnly, 0), (new Scene().Read().Segments.Validity, new Scene().Read().Segments.Attributes.Count));

    [Fact]
    public void Every_value_is_listed_in_the_order_of_the_design_with_other_and_none_last() =>
        Assert.Equal(["country: DE FR other none", "os: ios other none"], Segmented().Read().Segments.Attributes.Select(segment => $"{segment.Attribute}: {string.Join(' ', segment.Values.Select(slice => slice.Value))}"));

    [Fact]
    public void Units_are_told_by_value_and_arm_all_of_them_and_the_completed()
    {
        var scene = Segmented()
            .Proportion(0, 1, 4, slice: "country=DE").Proportion(0, 2, 4, slice: "country=DE", maturesAt: Scene.Open)
            .Proportion(1, 1, 2, slice: "country=DE", maturesAt: Scene.Open)
            .Proportion(1, 0, 3, slice: "country=none")
            .Proportion(1, 9, 9, slice: "country=FR", metric: "refund").Proportion(1, 9, 9, slice: "os=android");
        var (germany, none) = (Slice(scene, "DE"), Slice(scene, "none"));

        Assert.Equal((10L, 4L), (germany.Exposed, germany.Completed));
        Assert.Equal([(0, "v0", 8L, 3L, 0.375), (1, "v1", 2L, 1L, 0.5)], germany.Arms.Select(arm => (arm.VariationIndex, arm.VariationKey, arm.ExposedUsers, arm.ConvertedUsers, arm.Mean!.Value)));
        Assert.Equal([(4L, 0.25), (0L, null)], germany.CompletedArms.Select(arm => (arm.ExposedUsers, arm.Mean)));
        Assert.Equal((3L, 3L, 0d), (none.Exposed, none.Completed, none.Arms[1].Mean!.Value));
        Assert.Equal((0L, 0L), (Slice(scene, "FR").Exposed, Slice(scene, "other").Exposed));
    }

    [Fact]
    public void What_is_described_by_slice_changes_nothing_else_but_health_and_the_verdict_by_it()
    {
        // Every unit of a slice in one arm is a mismatch of that slice.
        var plain = new Scene().Proportion(0, 40, 980).Proportion(1, 61, 1020);
        var sliced = Segmented().Proportion(0, 40, 980).Proportion(1, 61, 1020).Proportion(0, 40, 980, slice: "country=DE").Proportion(1, 61, 1020, slice: "country=other");

        Assert.Equal(Json(plain.Read()), Json(sliced.Read() with { Segments = plain.Read().Segments, Health = plain.Read().Health, Verdict = plain.Read().Verdict }));
        Assert.NotEqual(Json(plain.Read()), Json(sliced.Read()));
    }

    private static Scene Segmented()
    {
        var scene = new Scene();
        scene.Design = scene.Design with { Setup = scene.Design.Setup with { Segments = [new Segment("country", ["DE", "FR"]), new Segment("os", ["ios"])] } };
        return scene;
    }

    private static SliceReadout Slice(Scene scene, string value) => scene.Read().Segments.Attributes[0].Values.Single(slice => slice.Value == value);

    private static string Json(Readout readout) => Encoding.UTF8.GetString(ReadoutJson.Write(readout));
}
