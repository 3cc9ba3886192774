using System.Runtime.Intrinsics;

namespace Assay.Statistics.Distributions;

/// <summary>Four doubles at a time, always four and always in one order, so that a sum has the same digits on a machine with vectors of any width or none.</summary>
internal static class FourLanes
{
    /// <summary>(v₀ + v₁) + (v₂ + v₃).</summary>
    public static double Sum(Vector256<double> v) => (v.GetElement(0) + v.GetElement(1)) + (v.GetElement(2) + v.GetElement(3));
}
