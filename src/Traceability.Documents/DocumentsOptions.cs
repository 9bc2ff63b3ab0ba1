using System.ComponentModel.DataAnnotations;

namespace Traceability.Documents;

/// <summary>Settings of the document renderer (section <c>Documents</c>).</summary>
public sealed class DocumentsOptions
{
    /// <summary>Rendering processes at most; each is started when first needed. One takes about 200 MB while it works.</summary>
    [Range(1, 8)]
    public int Workers { get; set; } = 1;

    /// <summary>Longest time one document may take; then its process is killed and replaced.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>JavaScript heap of a rendering process, in megabytes.</summary>
    [Range(128, 8192)]
    public int MemoryMegabytes { get; set; } = 768;

    /// <summary>Documents after which a process is replaced, so that a leak in a library stays small.</summary>
    [Range(1, 100_000)]
    public int DocumentsPerWorker { get; set; } = 500;

    /// <summary>Node 20.12 or later: a name found through PATH, or a full path.</summary>
    [Required]
    public string NodePath { get; set; } = "node";

    /// <summary>Folder of the renderer; null for the one that is delivered beside this assembly.</summary>
    public string? RendererFolder { get; set; }

    /// <summary>Lets the worker answer the questions of tests about its walls. Never on in a product.</summary>
    internal bool AllowProbes { get; set; }
}
