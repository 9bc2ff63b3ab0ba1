using Traceability.Web.Verbs;

return await Verb.RunAsync(args);
