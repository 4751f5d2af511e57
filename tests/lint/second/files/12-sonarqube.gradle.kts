package com.projectronin.interop.gradle

plugins {
    id("com.projectronin.interop.gradle.base")
    id("org.sonarqube")
}

sonar {
    properties {
        property("sonar.projectKey", project.rootProject.name)
    }
}
