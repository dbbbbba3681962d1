// Runs a declarative pipeline with the steps of scripted ones. The closures of sections are called with a Section as their
// delegate, which records their entries; structural sections first, so that their errors are reported before anything runs.
// "support" is a DeclarativeSupport.

def pipeline(script, body) {
    def top = read(script, 'pipeline', body)
    top.require('agent')
    top.require('stages')
    def model = [
        name: null,
        section: top,
        body: 'stages',
        children: readStages(script, 'stages', top.closure('stages')),
        post: top.has('post') ? read(script, 'post', top.closure('post')) : null
    ]
    if (top.has('parameters')) {
        support.declareParameters(read(script, 'parameters', top.closure('parameters')))
    }
    around(script, model) {
        guarded(script, model)
    }
}

def read(script, kind, closure) {
    def section = support.section(kind, script)
    closure.delegate = section
    closure.resolveStrategy = Closure.DELEGATE_ONLY
    closure.call()
    return section
}

def readStages(script, kind, closure) {
    def found = []
    for (entry in read(script, kind, closure).entries()) {
        found.add(readStage(script, entry))
    }
    support.requireStages(kind, found)
    return found
}

def readStage(script, entry) {
    def section = read(script, 'stage', entry.closure())
    def kind = section.only('steps', 'stages', 'parallel', entry.text())
    return [
        name: entry.text(),
        section: section,
        body: kind,
        children: kind == 'steps' ? [] : readStages(script, kind, section.closure(kind)),
        post: section.has('post') ? read(script, 'post', section.closure('post')) : null
    ]
}

// The enclosing options, agent and environment of stages or steps.
def around(script, model, body) {
    def section = model.section
    def options = section.has('options') ? support.options(read(script, 'options', section.closure('options'))) : []
    wrapped(options, 0) {
        onAgent(script, section) {
            inEnvironment(script, section, body)
        }
    }
}

def wrapped(options, index, body) {
    if (index == options.size()) {
        body.call()
    } else if (options[index].name() == 'timeout') {
        timeout(options[index].argument()) { wrapped(options, index + 1, body) }
    } else {
        retry(options[index].argument()) { wrapped(options, index + 1, body) }
    }
}

def onAgent(script, section, body) {
    def label = agentOf(script, section)
    if (label == null) {
        body.call()
    } else {
        node(label) { body.call() }
    }
}

// Null for none; without a label for any.
def agentOf(script, section) {
    if (!section.has('agent')) {
        return null
    }
    def given = section.argument('agent')
    if (given == 'any' || given == 'none') {
        return given == 'any' ? [label: null] : null
    }
    def inner = read(script, 'agent', section.closure('agent'))
    if (inner.has('node')) {
        inner = read(script, 'agent', inner.closure('node'))
    }
    return [label: inner.argument('label')]
}

def inEnvironment(script, section, body) {
    if (section.has('environment')) {
        def variables = read(script, 'environment', section.closure('environment')).assignments()
        withEnv(variables) { body.call() }
    } else {
        body.call()
    }
}

// Runs stages or steps, then their post section.
def guarded(script, model) {
    def failure = null
    try {
        runBody(script, model)
    } catch (Throwable e) {
        failure = e
        currentBuild.result = support.resultOf(e)
    }
    if (model.post != null) {
        failure = model.name == null ? pipelinePost(script, model.post, failure) : runPost(script, model.post, failure)
    }
    if (failure != null) {
        throw failure
    }
}

def runBody(script, model) {
    if (model.body == 'steps') {
        call(script, model.section.closure('steps'))
    } else if (model.body == 'stages') {
        runStages(script, model.children)
    } else {
        runBranches(script, model)
    }
}

def call(script, closure) {
    closure.delegate = script
    closure.resolveStrategy = Closure.DELEGATE_FIRST
    return closure.call()
}

def runStages(script, stages) {
    def failure = null
    for (model in stages) {
        if (failure != null) {
            skip(model)
        } else {
            try {
                runStage(script, model)
            } catch (Throwable e) {
                failure = e
            }
        }
    }
    if (failure != null) {
        throw failure
    }
}

def skip(model) {
    stage(model.name) {
        support.log("Stage \"${model.name}\" skipped due to earlier failure(s)")
        for (child in model.children) {
            skip(child)
        }
    }
}

def runBranches(script, model) {
    def branches = [:]
    for (child in model.children) {
        def branch = child
        branches[branch.name] = { runStage(script, branch) }
    }
    if (model.section.has('failFast')) {
        branches.failFast = model.section.argument('failFast')
    }
    parallel(branches)
}

def runStage(script, model) {
    stage(model.name) {
        around(script, model) {
            if (!model.section.has('when') || allMet(script, model.section.closure('when'))) {
                guarded(script, model)
            } else {
                support.log("Stage \"${model.name}\" skipped due to when conditional")
            }
        }
    }
}

def allMet(script, closure) {
    for (condition in read(script, 'when', closure).entries()) {
        if (!isMet(script, condition)) {
            return false
        }
    }
    return true
}

def anyMet(script, closure) {
    for (condition in read(script, 'when', closure).entries()) {
        if (isMet(script, condition)) {
            return true
        }
    }
    return false
}

def isMet(script, condition) {
    switch (condition.name()) {
        case 'expression':
            return call(script, condition.closure()) ? true : false
        case 'environment':
            return env.getProperty(condition.argument().name) == condition.argument().value
        case 'equals':
            return condition.argument().expected == condition.argument().actual
        case 'not':
            return !allMet(script, condition.closure())
        case 'allOf':
            return allMet(script, condition.closure())
        case 'anyOf':
            return anyMet(script, condition.closure())
        default:
            return true
    }
}

def pipelinePost(script, post, failure) {
    def reached = failure
    stage('Declarative: Post Actions') {
        reached = runPost(script, post, failure)
    }
    return reached
}

def runPost(script, post, failure) {
    def reached = failure
    for (condition in support.postConditions()) {
        if (post.has(condition) && support.isMet(condition)) {
            try {
                call(script, post.closure(condition))
            } catch (Throwable e) {
                support.log("Error when executing ${condition} post condition:")
                support.logError(e)
                currentBuild.result = support.resultOf(e)
                reached = reached ?: e
            }
        }
    }
    return reached
}
